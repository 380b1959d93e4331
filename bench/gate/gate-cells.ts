/** What is collected: twelve cells, each with a twin, and each really slowed by known shares. Pure. */

import { configurationId } from "../../src/axes/axes.ts";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { cellId } from "../../src/plan/cell.ts";

/** True slowdowns, as shares. */
export const SLOWDOWNS = [0.01, 0.02, 0.05, 0.1, 0.25];

const OPS = ["getpid", "getpid-raw", "pread-4k-tmpfs", "open-close", "stat", "futex-wake-wait"];

const NONE = { platform: null, network: "none", seccomp: "none" } as const;

/** With the 6 operations above, and `ready` and `total` of start-up: 48 gated metrics. */
export const CONFIGURATIONS: readonly Configuration[] = [
  { sandbox: "native", platform: null, network: "host", seccomp: "none" },
  { sandbox: "unshare", ...NONE },
  { sandbox: "unshare", ...NONE, seccomp: "default" },
  { sandbox: "runc", ...NONE },
  { sandbox: "runsc", ...NONE, platform: "systrap" },
  { sandbox: "runsc", ...NONE, platform: "ptrace" },
];

/** Scenario name of really slowed launches, as in `syscalls-burn5`. */
export function burntName(scenario: string, slowdown: number, configuration: Configuration): string {
  const name = `${scenario}-burn${slowdown * 100}`;
  // A share of the start-up differs from sandbox to sandbox; a share of an operation is the program's own business.
  return scenario === "startup" ? `${name}-${configurationId(configuration).replace(/[/=]+/g, "-")}` : name;
}

/**
 * @param readyNs typical time until the first line, by configuration id; without it nothing is slowed
 * @param opMs time for each operation in a launch
 */
export function gateConfig(readyNs: ReadonlyMap<string, number>, opMs: number): BenchConfig {
  const syscalls = { opMs, ops: OPS };
  const scenarios: NonNullable<BenchConfig["scenarios"]> = [{ use: "syscalls", params: syscalls }, "startup"];
  const include = CONFIGURATIONS.flatMap((one) => [cellId(one, "syscalls"), cellId(one, "startup")]);
  for (const slowdown of readyNs.size === 0 ? [] : SLOWDOWNS) {
    const as = burntName("syscalls", slowdown, CONFIGURATIONS[0]!);
    scenarios.push({ use: "syscalls", as, params: { ...syscalls, burnShare: slowdown } });
    for (const one of CONFIGURATIONS) {
      const burnNs = Math.round(slowdown * readyNs.get(configurationId(one))!);
      const startup = burntName("startup", slowdown, one);
      scenarios.push({ use: "startup", as: startup, params: { burnNs } });
      include.push(cellId(one, as), cellId(one, startup));
    }
  }
  return {
    matrix: {
      sandbox: ["native", "unshare", "runc", "runsc"],
      platform: ["systrap", "ptrace"],
      network: ["none", "host"],
      seccomp: ["none", "default"],
    },
    scenarios,
    include,
  };
}
