import type { Command } from "commander";

/** `tune --`: a program was meant, and an empty variable stands in its place. Commander drops the dashes. */
export function endsWithDashes(program: Command): boolean {
  return (program as Command & { rawArgs?: string[] }).rawArgs?.at(-1) === "--";
}
