/** Runs of `fixtures/scenarios/limited` under limits that leave room, and under limits that do not. */
import type { BenchConfig } from "../../src/config/define-config.ts";
import { GUEST } from "./places.ts";
import { PLATFORMS } from "./runs.ts";

/** The program takes this much in every run; only the limits differ. */
const TAKEN = { touchMiB: 384, threads: 48 };
export const CPUS = 0.5;

const COMMON = {
  matrix: {
    sandbox: ["unshare", "runc", "runsc"],
    platform: [...PLATFORMS],
    network: ["none"],
    seccomp: ["none"],
  },
  scenarioDir: `${GUEST.checkout}/test/guest/fixtures/scenarios`,
  rounds: 1,
} satisfies BenchConfig;

const limited = (limits: BenchConfig["limits"]) => ({ launchSeconds: 60, ...limits });

export const LIMITED_RUNS = {
  roomy: {
    ...COMMON,
    scenarios: [{ use: "limited", params: TAKEN }],
    limits: limited({ memoryMiB: 1024, pids: 256 }),
  },
  memory: {
    ...COMMON,
    scenarios: [{ use: "limited", params: TAKEN }],
    limits: limited({ memoryMiB: 256, pids: 256 }),
  },
  pids: {
    ...COMMON,
    scenarios: [{ use: "limited", params: TAKEN }],
    limits: limited({ memoryMiB: 1024, pids: 12 }),
  },
  cpus: {
    ...COMMON,
    scenarios: [{ use: "limited", params: { burnMs: 3000 } }],
    limits: limited({ cpus: CPUS }),
  },
} satisfies Record<string, BenchConfig>;
