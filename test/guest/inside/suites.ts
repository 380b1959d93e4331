/** What is done in the guest. Nothing is judged here: that is for the tests, which read what is left in /out. */
import { readFileSync } from "node:fs";
import { execa } from "execa";
import { type HostState, hostState, leftBehind } from "../../e2e/host-state.ts";
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

const limits = Object.fromEntries(
  Object.entries(LIMITED_RUNS).map(([name, config]): [string, Step] => [
    `limits-${name}`,
    () => command(["run", "--json", "--no-twins"], config),
  ]),
);

/** Nothing may be left of all the runs before it. */
function left(before: HostState): Step {
  return async () => ({ left: await leftBehind(before, "/no-such-lab", runIds()), kept: kept() });
}

export function suite(name: string): Record<string, Step> | undefined {
  // The doctor's trials come before: they enable cgroup controllers, which stay enabled.
  const before = hostState();
  const suites: Record<string, Record<string, Step>> = {
    matrix: {
      facts,
      doctor: () => command(["doctor", "--json"]),
      matrix: async () => {
        const watch = watchSandboxes();
        const ended = await command(["run", "--json", "--no-twins"], MATRIX_RUN);
        return { ...ended, sandboxes: watch.stop() };
      },
      ...limits,
      rootless: () => command(["run", "--json", "--no-twins"], ROOTLESS_RUN, AS_USER),
      left: left(before),
    },
    limits: { facts, ...limits, left: left(before) },
    smoke: { facts, smoke: () => command(["run", "--json", "--no-twins"], SMOKE_RUN), left: left(before) },
  };
  return suites[name];
}
