import { join } from "node:path";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import type { HostProbe } from "../../src/probe/probe-host.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { newManifest } from "../../src/run/new-run.ts";
import { type RunResult, runMatrix } from "../../src/run/run-matrix.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import type { FakeFault } from "../../src/sandbox/fake.ts";
import { loadScenarios } from "../../src/workload/catalogue.ts";
import { deepFreeze } from "./deep-freeze.ts";

const SCENARIOS = join(import.meta.dirname, "../../scenarios");

/** A host that is never asked for anything, as the fake driver starts nothing. */
const HOST = {
  fingerprint: { id: "test", fields: {} },
  versions: {},
  notes: [],
  emulated: false,
  isRoot: false,
  processor: { constantTsc: true },
  cgroups: detectCgroups(),
  tools: {},
} as unknown as HostProbe;

/** Three cells of the fake driver, unless it is told otherwise. */
const FAKE_CONFIG: BenchConfig = {
  matrix: { sandbox: ["fake"], network: ["none", "host", "sandbox"], seccomp: ["none"] },
  scenarios: ["syscalls"],
  scenarioDir: SCENARIOS,
  rounds: 4,
  limits: { launchSeconds: 0.3, outputMiB: 0.5 },
};

export type FakeRun = RunResult & { events: RunEvent[] };

export type FakeRunOptions = {
  out: string;
  config?: BenchConfig;
  faults?: FakeFault[];
  /** Goes on with this run. */
  resume?: RunManifest;
  /** Breaks the run off after so many launches. */
  stopAfter?: number;
};

/**
 * The whole pipeline from the configuration to the records, without starting a process. Configuration and manifest are
 * frozen before it starts: whoever changed them would throw.
 */
export async function runFake(options: FakeRunOptions): Promise<FakeRun> {
  const config = deepFreeze(
    resolveConfig({ ...FAKE_CONFIG, ...options.config }, { out: options.out }, "test", options.out),
  );
  const scenarios = await loadScenarios(config);
  const manifest = deepFreeze(
    options.resume ??
      newManifest({
        filters: {},
        config,
        cells: buildPlan(config, () => null),
        scenarios,
        probe: HOST,
        toolVersion: "0.0.0",
        commandLine: [],
      }),
  );
  const interrupt = new AbortController();
  const events: RunEvent[] = [];
  let launched = 0;
  const result = await runMatrix({
    dir: join(config.out, manifest.runId),
    manifest,
    config,
    scenarios,
    probe: HOST,
    fakeFaults: options.faults ?? [],
    abort: interrupt.signal,
    observe(event) {
      events.push(event);
      if (event.type === "launched") launched += 1;
      if (launched === options.stopAfter) interrupt.abort();
    },
  });
  return { ...result, events };
}
