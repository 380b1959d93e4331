/** Runs of `fixtures/scenarios/limited` under limits that leave room, and under limits that do not. */
import type { BenchConfig } from "../../src/config/define-config.ts";
import { GUEST } from "./places.ts";

/** The program takes this much in every run; only the limits differ. */
const SCENARIOS = [{ use: "limited", params: { takeMiB: 128, threads: 48, burnMs: 1000 } }];
export const CPUS = 0.5;
/** ptrace and systrap differ in nothing that a cgroup sees. */
export const LIMITED_PLATFORMS = ["systrap", "kvm"] as const;

const COMMON = {
  matrix: {
    sandbox: ["unshare", "runc", "runsc"],
    platform: [...LIMITED_PLATFORMS],
    network: ["none"],
    seccomp: ["none"],
  },
  scenarioDir: `${GUEST.checkout}/test/guest/fixtures/scenarios`,
  scenarios: SCENARIOS,
  // It joins by itself, and has no limits to keep.
  exclude: [{ cells: "native/*", reason: "has no limits" }],
  rounds: 1,
} satisfies BenchConfig;

const ROOMY = { launchSeconds: 120, memoryMiB: 768, pids: 256 };

export const LIMITED_RUNS = {
  roomy: { ...COMMON, limits: { ...ROOMY, cpus: CPUS } },
  memory: { ...COMMON, limits: { ...ROOMY, memoryMiB: 96 } },
  pids: { ...COMMON, limits: { ...ROOMY, pids: 40, launchSeconds: 30 } },
} satisfies Record<string, BenchConfig>;
