/** Prepared cells for benches that launch by themselves, through the same environment as a run. */
import type { Configuration } from "../src/axes/configuration.ts";
import { probeHost } from "../src/probe/probe-host.ts";
import { holdEnvironment } from "../src/run/environment/hold-environment.ts";
import type { MeasuredLaunch } from "../src/run/launch/launch-outcome.ts";
import { SANDBOX_TRIALS } from "../src/sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../src/workload/programs.ts";
import { makeRootfs } from "../src/workload/rootfs.ts";

type Prepare = Parameters<Parameters<typeof holdEnvironment>[1]>[0]["prepare"];
type Prepared = Awaited<ReturnType<Prepare>>;

export type BenchCell = { id: string; config: Configuration; workDir: string; prepared: Prepared };

export type BenchHost = {
  stateDir: string;
  runc: string;
  runsc: string;
  /** A cell that runs `program` (static) with these variables. */
  cell(config: Configuration, program: string, env: Record<string, string>): Promise<BenchCell>;
  launch(cell: BenchCell): Promise<MeasuredLaunch>;
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
  return holdEnvironment({ host: probe }, (held) => {
    let cells = 0;
    return use({
      stateDir: held.stateDir,
      runc: probe.tools.runc.path ?? "runc",
      runsc: probe.tools.runsc.path ?? "runsc",
      async cell(config, program, env) {
        const workload = {
          name: `bench-${cells++}`,
          rootfs: await makeRootfs(program, await buildTrue()),
          env: { SBX_TSC: "1", ...env },
        };
        const prepared = await held.prepare(config, workload, { limits: LIMITS }, { folders: "kept" });
        return { id: prepared.id, config, workDir: prepared.workDir, prepared };
      },
      async launch(cell) {
        const { measured } = await held.launch(cell.prepared);
        if (measured.failure !== null)
          throw new Error(`${cell.id}: ${measured.failure.message}\n${measured.failure.stderrTail}`);
        return measured;
      },
    });
  });
}
