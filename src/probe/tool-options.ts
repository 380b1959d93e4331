/** Which options a program takes, by its own help. */
import { execa } from "execa";
import type { ToolOptions } from "../samples/run-manifest.ts";
import type { ToolName, Tools } from "./tools.ts";

/** Every list of options that the article's commands draw on. */
const COMMANDS: { tool: ToolName; args: string[] }[] = [
  { tool: "runsc", args: ["flags"] },
  { tool: "runsc", args: ["help", "run"] },
  { tool: "unshare", args: ["--help"] },
];

/** @returns by command, as typed: `runsc help run`; about 50 ms */
export async function readToolOptions(tools: Tools): Promise<Record<string, ToolOptions>> {
  const entries = await Promise.all(
    COMMANDS.map(async ({ tool, args }): Promise<[string, ToolOptions]> => {
      const { path, version, reason } = tools[tool];
      const answer = path === null ? { options: [], reason: reason ?? "not found" } : await ask(path, args);
      return [[tool, ...args].join(" "), { version, ...answer }];
    }),
  );
  return Object.fromEntries(entries);
}

async function ask(path: string, args: string[]): Promise<Omit<ToolOptions, "version">> {
  const done = await execa(path, args, {
    timeout: 5000,
    killSignal: "SIGKILL",
    stdin: "ignore",
    reject: false,
    all: true,
  });
  const options = optionsIn(done.all ?? "");
  if (options.length > 0) return { options, reason: null };
  return { options, reason: `its help lists no options (exit code ${done.exitCode ?? "none"})` };
}

/**
 * Options of a help text, without dashes, sorted: of each indented line that begins with a dash the names before
 * the description. Knows Go's flag package (`  -name type`) and util-linux (` -m, --mount[=<file>]  text`).
 */
export function optionsIn(help: string): string[] {
  const names = help.split("\n").flatMap((line) => {
    const [, head] = /^ +(-.*?)(?:\s{2}|\t|$)/.exec(line) ?? [];
    return [...(head ?? "").matchAll(/(?:^|,\s*)--?([A-Za-z][\w-]*)/g)].map(([, name]) => name!);
  });
  return [...new Set(names)].toSorted();
}
