/** What is done in the guest. Nothing is judged here: that is for the tests, which read what is left in /out. */
import { readFileSync } from "node:fs";
import { execa } from "execa";
import type { BenchConfig } from "../../../src/config/define-config.ts";
import { type HostState, leftBehind } from "../../e2e/host-state.ts";
import { LIMITED_RUNS } from "../limited-runs.ts";
import { MATRIX_RUN, ROOTLESS_RUN, SMOKE_RUN } from "../runs.ts";
import { AS_USER, command, kept, runIds } from "./command.ts";
import { watchSandboxes } from "./watch-sandboxes.ts";

export type Step = () => Promise<object>;

async function facts(): Promise<object> {
  const caps = await execa("/bin/sh", ["-c", "exec /cache/sbx-bench/build/*sbx-kvm-caps*"], {
    reject: false,
  });
  const cgroups = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return {
    kernel: readFileSync("/proc/sys/kernel/osrelease", "utf8").trim(),
    processor: /^model name\s*: (.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1],
    kvm: JSON.parse(caps.stdout),
    cgroupMounts: cgroups.flatMap((line) => / - (cgroup2?) /.exec(line)?.[1] ?? []),
  };
}

const run = (config: BenchConfig, before: string[] = []) =>
  command(["run", "--json", "--no-twins"], config, before);

const limits = Object.fromEntries(
  Object.entries(LIMITED_RUNS).map(([name, config]): [string, Step] => [`limits-${name}`, () => run(config)]),
);

/** @param before the guest as it was before the first step: nothing may be left of all that follow */
export function allSteps(before: HostState): Record<string, Step> {
  return {
    facts,
    doctor: () => command(["doctor", "--json"]),
    matrix: async () => {
      const watch = watchSandboxes();
      const ended = await run(MATRIX_RUN);
      return { ...ended, sandboxes: watch.stop() };
    },
    smoke: () => run(SMOKE_RUN),
    ...limits,
    rootless: () => run(ROOTLESS_RUN, AS_USER),
    left: async () => ({ left: await leftBehind(before, "/no-such-lab", runIds()), kept: kept() }),
  };
}
