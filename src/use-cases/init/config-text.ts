/** `bench.config.ts` for programs: every line that a user would change says what it is for. */
import { sandboxesOf } from "../../axes/axes.ts";
import { PLATFORMS_BY_USE } from "../../axes/platform.ts";
import type { ProgramSizes } from "../../plan/program-sizes.ts";
import type { NamedCommand } from "../run/named-commands.ts";

/** @param sizes by the programs' native run times */
export function configText(
  programs: readonly NamedCommand[],
  sizes: Pick<ProgramSizes, "repeat" | "warmup" | "rounds" | "timeoutMs" | "launchMs">,
): string {
  const usual = sandboxesOf("every");
  const rest = sandboxesOf("full").filter((sandbox) => !usual.includes(sandbox));
  return `import { defineConfig } from "sbx-bench";

// Paths start at this file. docs/configuration.md has every setting, docs/programs.md those of a program.
export default defineConfig({
  matrix: {
    // The first is what the others are compared with.${rest.length === 0 ? "" : ` There are ${rest.join(" and ")}, too.`}
    sandbox: ${JSON.stringify(usual)},
    platform: ${JSON.stringify(PLATFORMS_BY_USE.slice(0, 1))},
    // none, host, or sandbox (an own network namespace behind a veth pair)
    network: ["none"],
    // none, default (the container default), or the path of a filter file of yours
    seccomp: ["none"],
  },
  scenarios: [
${programs.map((program) => programText(program, sizes)).join("\n")}
  ],
  // Launches of every cell, in random order; an interval needs 6.
  rounds: ${sizes.rounds},
  limits: { launchSeconds: ${Math.max(60, Math.ceil(sizes.launchMs / 1000))} },
  // What the gate calls worse: more than this, beyond chance.
  check: { maxRegression: "5%" },
});
`;
}

function programText(
  { name, command }: NamedCommand,
  sizes: Pick<ProgramSizes, "repeat" | "warmup" | "timeoutMs">,
) {
  return `    {
      use: "program",
      as: ${JSON.stringify(name)},
      params: {
        argv: ${JSON.stringify(command)},
        // What it sees of the host, read-only: "system" is /usr, /bin, /lib, /etc; "data:rw" would be writable.
        binds: ["system", "."],
        cwd: ".",
        // Timed repetitions a launch, untimed ones before them, and the limit of one.
        repeat: ${sizes.repeat},
        warmup: ${sizes.warmup},
        timeoutMs: ${sizes.timeoutMs},
      },
    },`;
}
