/** What lint says of made profiles, against really starting a container with each in each runtime. */
import { findProgram, SEARCH_PATH } from "../../src/profile/locate-command.ts";
import { filterFacts } from "../../src/sandbox/seccomp/filter-facts.ts";
import { LAUNCHERS } from "../../src/seccomp/filter/base-calls.ts";
import { callSet } from "../../src/seccomp/filter/call-set.ts";
import { lintProfile } from "../../src/seccomp/lint/lint-profile.ts";
import { readStaticCalls } from "../../src/seccomp/program/static-calls.ts";
import { madeProfiles } from "./made-profiles.ts";
import { buildPreempted } from "./programs.ts";
import { RUNTIME_NAMES, starts } from "./start-containers.ts";

export async function benchLint(dir: string): Promise<string> {
  const program = await buildPreempted(dir);
  const code = await readStaticCalls(program, "true", new AbortController().signal);
  const calls = callSet({ static: code, observed: null, libc: [], launchers: LAUNCHERS });
  const profiles = madeProfiles(calls.calls.map(({ name }) => name));
  const lines: string[] = [];
  let [right, all] = [0, 0];
  const path = `${process.env.SBX_BENCH_PROGRAMS ?? ""}:${process.env.PATH ?? SEARCH_PATH}`;
  for (const [name, profile] of Object.entries(profiles)) {
    const facts = await filterFacts(profile, findProgram("runc", path));
    const findings = lintProfile(profile, facts, JSON.stringify(profile, null, 2));
    for (const runtime of RUNTIME_NAMES) {
      const binary = findProgram(runtime, path);
      if (binary === null) continue;
      const fatal = findings.filter(
        ({ severity, sandboxes }) =>
          severity === "error" && (sandboxes.length === 0 || sandboxes.includes(runtime)),
      );
      const seen = await starts(runtime, binary, profile, { program, dir });
      all += 1;
      if (seen.ok === (fatal.length === 0)) right += 1;
      else {
        lines.push(
          `| ${name} | ${runtime} | ${fatal.length === 0 ? "starts" : fatal[0]?.message} | ${seen.how} |`,
        );
      }
    }
  }
  return `${[
    `Lint said right what ${right} of ${all} starts do (${Object.keys(profiles).length} profiles, goal: all).`,
    ...(lines.length === 0
      ? []
      : ["", "| profile | runtime | lint | the start |", "| --- | --- | --- | --- |", ...lines]),
  ].join("\n")}\n`;
}
