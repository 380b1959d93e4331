/** The use case `run`: plan, prepare, measure, keep. Reports are made from what it leaves. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { SbxError } from "../errors.ts";
import type { Cell } from "../plan/cell.ts";
import { estimateRun } from "../plan/estimate.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { dropPartialLine, LaunchLog, readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { PreparedCell, SandboxDriver } from "../sandbox/driver.ts";
import { makeDriver } from "../sandbox/drivers.ts";
import type { FakeFault } from "../sandbox/fake.ts";
import type { Scenario } from "../workload/catalogue.ts";
import { buildHelper } from "../workload/programs.ts";
import {
  type BuiltScenario,
  buildScenarios,
  type CellSetting,
  prepareCell,
  scenarioEnv,
} from "./cell-runner.ts";
import { readDurations, writeDurations } from "./durations.ts";
import type { RunObserver } from "./events.ts";
import { ownCgroups } from "./launch-cgroups.ts";
import { Ledger } from "./ledger.ts";
import { LAUNCHES_FILE, makeRunFolder, pointLatest, writeManifest } from "./run-folder.ts";
import { runRounds } from "./run-rounds.ts";
import { makeScratch, removeScratch, type Scratch } from "./scratch.ts";
import { Wire } from "./wire.ts";

export type RunInput = {
  /** Of a new run, or of the one that is resumed; completed as the run goes on. */
  manifest: RunManifest;
  config: ResolvedConfig;
  scenarios: readonly Scenario[];
  probe: HostProbe;
  /** Only for the fake driver. */
  fakeFaults: readonly FakeFault[];
  observe: RunObserver;
  abort: AbortSignal;
};

export type RunResult = {
  dir: string;
  manifest: RunManifest;
  launches: LaunchRecord[];
  /** False when it was broken off; `--resume` goes on. */
  finished: boolean;
};

/** @throws SbxError when results can't be kept or nothing can be run; what was measured stays on disk */
export async function runMatrix(input: RunInput): Promise<RunResult> {
  const { manifest, config, observe } = input;
  const dir = makeRunFolder(config.out, manifest.runId);
  const logFile = join(dir, LAUNCHES_FILE);
  const done = existsSync(logFile) ? resumeLog(logFile, observe) : [];
  writeManifest(dir, manifest);
  pointLatest(config.out, manifest.runId);

  const planned = manifest.cells.filter((cell) => cell.status === "planned");
  const built = await buildScenarios(usedScenarios(planned, input.scenarios), (name) =>
    observe({ type: "preparing", what: `scenario ${name}` }),
  );
  const ledger = new Ledger(manifest.runId);
  const scratch = makeScratch(ledger);
  const log = new LaunchLog(logFile);
  let wire: Wire | null = null;
  try {
    if (planned.some((cell) => cell.config.network === "sandbox" && cell.config.sandbox !== "fake")) {
      observe({ type: "preparing", what: "veth pair" });
      wire = await Wire.create(await buildHelper("sbx-netns"), scratch.dir, ledger);
    }
    const prepared = await prepareCells(input, planned, built, scratch, wire);
    writeManifest(dir, manifest);
    const outcome = await measure(input, built, prepared, ledger, log, wire, done, dir);
    if (outcome.finished) manifest.endedAt = new Date().toISOString();
    manifest.harness.wallMs += outcome.wallMs;
    manifest.harness.launchMs += outcome.launchMs;
    writeManifest(dir, manifest);
    return { dir, manifest, launches: outcome.launches, finished: outcome.finished };
  } finally {
    log.close();
    await wire?.remove();
    removeScratch(scratch);
    ledger.close();
  }
}

async function measure(
  input: RunInput,
  built: ReadonlyMap<string, BuiltScenario>,
  prepared: ReadonlyMap<string, PreparedCell>,
  ledger: Ledger,
  log: LaunchLog,
  wire: Wire | null,
  done: LaunchRecord[],
  dir: string,
) {
  const { manifest, config, observe, probe } = input;
  const cells = manifest.cells.filter((cell) => cell.status === "planned");
  const durations = { ...readDurations(manifest.fingerprint.id, manifest.preset) };
  const bases = ownCgroups();
  ledger.add({ kind: "cgroup-bases", dirs: bases });
  const launches = [...done];
  observe({
    type: "start",
    runId: manifest.runId,
    dir,
    cells: cells.length,
    launches: cells.length * manifest.rounds,
    alreadyDone: done.length,
    etaMs: estimateRun(manifest.cells, manifest.rounds, durations).totalMs,
  });
  const needsPeer = (cell: Cell): BuiltScenario | null => {
    const scenario = built.get(cell.scenario);
    return cell.config.network === "sandbox" && scenario?.scenario.definition.peer === true ? scenario : null;
  };
  for (const cell of cells) {
    const peer = needsPeer(cell);
    if (wire !== null && peer !== null) await wire.ensurePeer(peer.program, peerEnv(input, peer));
  }
  const outcome = await runRounds({
    runId: manifest.runId,
    seed: manifest.seed,
    rounds: manifest.rounds,
    cells,
    prepared,
    done,
    contextOf: (cell) => ({
      ledger,
      cgroups: probe.cgroups,
      contained: probe.isRoot && cell.config.sandbox !== "native" && cell.config.sandbox !== "fake",
      cgroupBases: bases,
      limits: config.limits,
      guard: config.limits,
      abort: input.abort,
    }),
    keep(record) {
      log.append(record);
      launches.push(record);
    },
    async settle(cell) {
      if (cell.config.sandbox === "runsc" && cell.config.network === "sandbox") await wire?.restore();
    },
    durations,
    observe,
    abort: input.abort,
  });
  log.flush();
  writeDurations(manifest.fingerprint.id, manifest.preset, durations);
  return { ...outcome, launches };
}

/** A cell that can't be prepared becomes unavailable with the reason; the others go on. */
async function prepareCells(
  input: RunInput,
  planned: readonly Cell[],
  built: ReadonlyMap<string, BuiltScenario>,
  scratch: Scratch,
  wire: Wire | null,
): Promise<Map<string, PreparedCell>> {
  const { config } = input;
  const setting: CellSetting = {
    runId: input.manifest.runId,
    scratch,
    wire,
    constantTsc: input.probe.processor.constantTsc,
    limits: config.limits,
  };
  const drivers = new Map<string, SandboxDriver>();
  const prepared = new Map<string, PreparedCell>();
  for (const [number, cell] of planned.entries()) {
    const scenario = built.get(cell.scenario);
    if (scenario === undefined) continue;
    try {
      let driver = drivers.get(cell.config.sandbox);
      if (driver === undefined) {
        driver = await makeDriver(cell.config.sandbox, {
          tools: input.probe.tools,
          runscFlags: config.runsc.flags,
          isRoot: input.probe.isRoot,
          stateDir: join(scratch.dir, "state"),
          scenarioDirOf: (name) => built.get(name)?.scenario.dir ?? "",
          fake: {
            seed: input.manifest.seed,
            faults: input.fakeFaults,
            metricsOf: (name) => built.get(name)?.scenario.metrics ?? [],
          },
          buildLauncher: () => buildHelper("sbx-launch"),
        });
        drivers.set(cell.config.sandbox, driver);
      }
      const ready = await prepareCell(cell, number, scenario, driver, setting);
      for (const warning of ready.warnings) addWarning(input.manifest, `${cell.config.sandbox}: ${warning}`);
      prepared.set(cell.id, ready);
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      cell.status = "unavailable";
      cell.reason = `${error.what}: ${error.why}`;
      input.observe({ type: "warning", message: `${cell.id}: ${cell.reason}` });
    }
  }
  return prepared;
}

function peerEnv(input: RunInput, peer: BuiltScenario): Record<string, string> {
  const { SBX_PEER: _, ...env } = scenarioEnv(peer, "sandbox", {
    runId: input.manifest.runId,
    constantTsc: input.probe.processor.constantTsc,
  });
  return env;
}

function addWarning(manifest: RunManifest, warning: string): void {
  if (!manifest.warnings.includes(warning)) manifest.warnings.push(warning);
}

function usedScenarios(cells: readonly Cell[], scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter((scenario) => cells.some((cell) => cell.scenario === scenario.as));
}

function resumeLog(file: string, observe: RunObserver): LaunchRecord[] {
  dropPartialLine(file);
  const { records, bad } = readLaunchLog(file);
  for (const line of bad) {
    observe({
      type: "warning",
      message: `${file}:${line.line}: ${line.message}; this launch is not counted`,
    });
  }
  return records;
}
