import type { Command } from "commander";
import { addCost } from "./seccomp/cost.ts";
import { addExplain } from "./seccomp/explain.ts";
import { addGenerate } from "./seccomp/generate.ts";
import { addLint } from "./seccomp/lint.ts";
import { addRecord } from "./seccomp/record.ts";

export function addSeccomp(program: Command): void {
  const seccomp = program
    .command("seccomp")
    .description("Filters from programs: generate, lint, explain, and what they cost.");
  addGenerate(program, seccomp);
  addExplain(program, seccomp);
  addLint(seccomp);
  addCost(seccomp);
  addRecord(program, seccomp);
  for (const command of seccomp.commands) command.exitOverride();
}
