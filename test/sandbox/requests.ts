import type { Configuration } from "../../src/axes/configuration.ts";
import type { CellRequest, PreparedCell } from "../../src/sandbox/driver.ts";

export function cellRequest(config: Partial<Configuration>, values: Partial<CellRequest> = {}): CellRequest {
  return {
    cellId: "the-cell",
    config: { sandbox: "runc", platform: null, network: "none", seccomp: "none", ...config },
    scenario: "startup",
    rootfs: "/cache/rootfs",
    env: { SBX_PARAMS: "{}" },
    workDir: "/scratch/cell-0",
    bindDir: "/scratch/cell-0/bind",
    binds: [],
    hostTmpfsDir: "/dev/shm/run",
    netnsPath: null,
    limits: { memoryBytes: 2 ** 20, pids: 64, cpus: 1.5 },
    ...values,
  };
}

export const LAUNCH: Parameters<PreparedCell["launch"]>[0] = {
  launchId: "sbx-run-7",
  round: 0,
  cgroupDirs: ["/sys/fs/cgroup/memory/sbx-run-7", "/sys/fs/cgroup/pids/sbx-run-7"],
};
