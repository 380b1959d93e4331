import type { Command } from "commander";
import { SbxError } from "../../../base/errors.ts";
import { loadConfig } from "../../../config/load.ts";
import type { NeededCall } from "../../../seccomp/filter/call-set.ts";
import { type Explanation, explainCall } from "../../../use-cases/seccomp/explain.ts";
import { commandContext } from "../../output/context.ts";
import { writeJson, writeResult } from "../../output/write.ts";

/** More ways say the same again; --json has all. */
const SITES_SHOWN = 3;

type Flags = { filter?: string; json?: boolean };

export function addExplain(program: Command, seccomp: Command): void {
  seccomp
    .command("explain")
    .argument("<call>", "name of a system call")
    .argument("[program]", "a Go program, the folder of a package, or a scenario")
    .option("--filter <file>", "say what this filter does with the call")
    .description("Say why a program needs a system call: which functions make it, and by which way.")
    .option("--json", "print it as JSON, with all ways")
    .addHelpText(
      "after",
      `
A way begins at main, at an initialiser or in Go's runtime. "only by a function value" means that a method or a function
that is stored somewhere leads there.

Examples:
  $ sbx-bench seccomp explain ptrace /usr/local/go/bin/go
  $ sbx-bench seccomp explain clone3 --filter /usr/share/containers/seccomp.json
  $ sbx-bench seccomp explain socket gofmt --filter profile.json`,
    )
    .action(async (call: string, target: string | undefined, { filter, json }: Flags) => {
      if (target === undefined && filter === undefined) {
        throw new SbxError({
          what: `Explain ${call} of what?`,
          why: "Neither a program nor a filter is named.",
          fix: `Name one: sbx-bench seccomp explain ${call} PROGRAM, or --filter FILE`,
        });
      }
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const explained = await explainCall(
        { config, call, program: target ?? null, filter: filter ?? null },
        commandContext(),
      );
      if (json === true) writeJson(explained);
      else writeResult(explanationText(explained));
    });
}

function explanationText({ call, program, filter }: Explanation): string {
  return [
    ...(program === null ? [] : [programText(call, program)]),
    ...(filter === null ? [] : [filterText(call, filter)]),
  ].join("");
}

function programText(
  call: string,
  { name, needed, unresolved }: NonNullable<Explanation["program"]>,
): string {
  if (needed === null) {
    const open =
      unresolved.length === 0 ? "" : `, unless ${unresolved.join(", ")} does, which computes a number`;
    return `${name} does not make ${call}: no code of it has its number${open}.\n`;
  }
  return `${name} needs ${call}: ${needed.labels.join(", ")}\n${waysText(needed)}`;
}

function waysText({ sites }: NeededCall): string {
  const lines = sites.slice(0, SITES_SHOWN).map(({ root, path, function: holder, via }) => {
    const way = [...path, ...(path.at(-1) === holder ? [] : [holder]), ...(via === undefined ? [] : [via])];
    return `  ${root === "pointer" ? "only by a function value: " : ""}${way.join(" → ")}\n`;
  });
  const more = sites.length - SITES_SHOWN;
  return `${lines.join("")}${more > 0 ? `  and ${more} more\n` : ""}`;
}

function filterText(
  call: string,
  { file, passes, answer, comments }: NonNullable<Explanation["filter"]>,
): string {
  const why = comments.length === 0 ? "" : ` (${comments.join("; ")})`;
  if (passes) return `${file} allows ${call}${answer.conditional ? " under conditions" : ""}${why}.\n`;
  const errno = answer.action === "SCMP_ACT_ERRNO" ? ` with errno ${answer.errno}` : "";
  return `${file} denies ${call}: ${answer.action}${errno}${why}.\n`;
}
