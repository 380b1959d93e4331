/** Prepared cells for benches that launch by themselves, through the same drivers as a run. */
import type { Configuration } from "../src/axes/configuration.ts";
import { cellId } from "../src/plan/cell.ts";
import { probeHost } from "../src/probe/probe-host.ts";
import { ownCgroups } from "../src/run/environment/launch-cgroups.ts";
import { RUN_ENV } from "../src/run/environment/launch-env.ts";
import { Ledger } from "../src/run/environment/ledger.ts";
import { makeNullNetns } from "../src/run/environment/null-netns.ts";
import { makeCellDirs, makeScratch } from "../src/run/environment/scratch.ts";
import { removeListed } from "../src/run/environment/sweep.ts";
import { type LaunchContext, launchOnce } from "../src/run/launch/launch-once.ts";
import { newRunId } from "../src/run/run-folder.ts";
import type { LaunchRecord } from "../src/samples/launch-record.ts";
import type { PreparedCell } from "../src/sandbox/driver.ts";
import { makeDriver, SANDBOX_TRIALS } from "../src/sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../src/workload/programs.ts";
import { makeRootfs } from "../src/workload/rootfs.ts";

export type BenchCell = { id: string; config: Configuration; workDir: string; prepared: PreparedCell };

export type BenchHost = {
  stateDir: string;
  runc: string;
  runsc: string;
  /** A cell that runs `program` (static) with these variables. */
  cell(config: Configuration, program: string, env: Record<string, string>): Promise<BenchCell>;
  launch(cell: BenchCell): Promise<LaunchRecord>;
};

const LIMITS = {
  launchMs: 60_000,
  outputBytes: 16 * 1024 * 1024,
  memoryBytes: 2 ** 31,
  pids: 4096,
  cpus: null,
};

/** Makes what the launches need, calls `use`, and removes everything again. */
export async function withBenchHost<T>(use: (host: BenchHost) => Promise<T>): Promise<T> {
  const probe = await probeHost({
    sandboxTrials: SANDBOX_TRIALS,
    trueBinary: await buildTrue(),
    kvmCapsBinary: await buildHelper("sbx-kvm-caps"),
  });
  const ledger = new Ledger(newRunId(new Date()));
  const scratch = makeScratch(ledger);
  const { stateDir } = scratch;
  await makeNullNetns(stateDir, ledger);
  const bases = ownCgroups();
  ledger.add({ kind: "cgroup-bases", dirs: bases });
  let cells = 0;
  let launches = 0;
  const host: BenchHost = {
    stateDir,
    runc: probe.tools.runc.path ?? "runc",
    runsc: probe.tools.runsc.path ?? "runsc",
    async cell(config, program, env) {
      const id = cellId(config, `bench-${cells}`);
      const dirs = makeCellDirs(scratch, `cell-${cells}`);
      cells += 1;
      const driver = await makeDriver(config.sandbox, {
        tools: probe.tools,
        cgroups: probe.cgroups,
        runscFlags: [],
        isRoot: probe.isRoot,
        stateDir,
        scenarioDirOf: () => "",
        filters: {},
        fake: { seed: "1", faults: [], metricsOf: () => [] },
        buildLauncher: () => buildHelper("sbx-launch"),
      });
      const prepared = await driver.prepare({
        cellId: id,
        config,
        scenario: "bench",
        rootfs: await makeRootfs(program, await buildTrue()),
        env: { SBX_TSC: "1", ...env, [RUN_ENV]: ledger.runId },
        ...dirs,
        binds: [],
        hostTmpfsDir: scratch.tmpfsDir,
        netnsPath: null,
        limits: LIMITS,
      });
      return { id, config, workDir: dirs.workDir, prepared };
    },
    async launch(cell) {
      const context: LaunchContext = {
        ledger,
        cgroups: probe.cgroups,
        contained: probe.isRoot && cell.config.sandbox !== "native",
        cgroupBases: bases,
        limits: LIMITS,
        guard: LIMITS,
        abort: new AbortController().signal,
      };
      launches += 1;
      const place = { cell: cell.id, round: launches, position: 0 };
      const { record } = await launchOnce(cell.prepared, place, `sbx-${ledger.runId}-${launches}`, context);
      if (record.failure !== null)
        throw new Error(`${cell.id}: ${record.failure.message}\n${record.failure.stderrTail}`);
      return record;
    },
  };
  try {
    return await use(host);
  } finally {
    const { failed } = await removeListed(ledger);
    if (failed.length === 0) ledger.close();
  }
}
