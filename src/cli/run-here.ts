/** `run` from the flags to the printed result: sweep, plan or resume, measure, summarise, report. */
import { dirname, join } from "node:path";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { SbxError } from "../errors.ts";
import { writeReport } from "../report/write-report.ts";
import { livingHarness, storedLedgers } from "../run/ledger.ts";
import { newManifest } from "../run/new-run.ts";
import { findUnfinished } from "../run/run-folder.ts";
import { type RunInput, type RunResult, runMatrix } from "../run/run-matrix.ts";
import { sweepLeftovers } from "../run/sweep.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { FakeFault } from "../sandbox/fake.ts";
import { summarise } from "../stats/summarise.ts";
import type { Summary } from "../stats/summary-types.ts";
import { loadScenarios } from "../workload/catalogue.ts";
import type { RunFlags } from "./commands/run.ts";
import { configFrom } from "./config-options.ts";
import type { EXIT } from "./exit-codes.ts";
import { note } from "./note.ts";
import { planHere, probeHere } from "./plan-here.ts";
import { printReport } from "./print-report.ts";
import { showProgress, stderrTarget } from "./progress.ts";
import { TOOL_VERSION } from "./tool-version.ts";

export async function runHere(
  flags: RunFlags,
  configFile: string | undefined,
  commandLine: string[],
): Promise<keyof typeof EXIT> {
  const observe = showProgress(stderrTarget());
  for (const swept of await sweepLeftovers()) observe({ type: "swept", ...swept });
  const config = await configFrom(flags, configFile);
  const prepared =
    flags.resume === undefined
      ? await prepareNew(config, flags, commandLine)
      : await prepareResumed(
          config,
          flags.resume === true ? null : String(flags.resume),
          flags.fresh === true,
        );

  const interrupt = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    note(`\n${signal}: ending the launch under way and cleaning up …`);
    interrupt.abort();
  };
  for (const signal of STOP_SIGNALS) process.once(signal, stop);
  let result: RunResult;
  try {
    result = await runMatrix({ ...prepared, fakeFaults: scriptedFaults(), observe, abort: interrupt.signal });
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  }

  const summary = summarise(result.manifest, result.launches);
  const files = await writeReport({ ...result, summary });
  printReport({ ...result, summary }, files, flags.json === true);
  if (!result.finished) {
    note(`The run was broken off; go on with: sbx-bench run --resume ${result.manifest.runId}`);
    return "interrupted";
  }
  return exitOf(summary);
}

/** SIGHUP: the terminal was closed. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Prepared = Pick<RunInput, "dir" | "manifest" | "config" | "scenarios" | "probe">;

async function prepareNew(config: ResolvedConfig, flags: RunFlags, commandLine: string[]): Promise<Prepared> {
  const { cells, scenarios, probe } = await planHere(config, flags.cells ?? [], flags.fresh === true, note);
  if (!cells.some((cell) => cell.status === "planned")) {
    const unavailable = cells.find((cell) => cell.status === "unavailable");
    throw new SbxError({
      what: "There is nothing to run",
      why:
        unavailable === undefined
          ? `All ${cells.length} cells are excluded, e.g. ${cells[0]?.id}: ${cells[0]?.reason}.`
          : `This host can't run what was asked, e.g. ${unavailable.id}: ${unavailable.reason}`,
      fix: "`sbx-bench plan` shows every cell with its reason, `sbx-bench doctor` what the host lacks.",
      exitCode: unavailable === undefined ? 2 : 4,
    });
  }
  const manifest = newManifest({ config, cells, scenarios, probe, toolVersion: TOOL_VERSION, commandLine });
  return { dir: join(config.out, manifest.runId), manifest, config, scenarios, probe };
}

async function prepareResumed(
  config: ResolvedConfig,
  named: string | null,
  fresh: boolean,
): Promise<Prepared> {
  const { dir, manifest } = findUnfinished(config.out, named);
  refuseUnderWay(manifest.runId);
  const stored = { ...(manifest.config as ResolvedConfig), out: dirname(dir) };
  const scenarios = await loadScenarios(stored.scenarios, stored.scenarioDir, stored.preset);
  const probe = await probeHere(stored, fresh, note);
  refuseUnlike(manifest, probe.fingerprint);
  return { dir, manifest, config: stored, scenarios, probe };
}

/** Two harnesses on one run would launch everything twice. */
function refuseUnderWay(runId: string): void {
  const ledger = storedLedgers().find((candidate) => candidate.runId === runId);
  const harness = ledger === undefined ? null : livingHarness(ledger);
  if (harness === null) return;
  throw new SbxError({
    what: `Run ${runId} can't be resumed`,
    why: `It is still under way, in process ${harness.pid}.`,
    fix: "Wait for its end, or start a new run without --resume.",
  });
}

/** Launches of two hosts in one run would be compared as if they were of one. */
function refuseUnlike(manifest: RunManifest, here: RunManifest["fingerprint"]): void {
  if (manifest.fingerprint.id === here.id) return;
  const before = manifest.fingerprint.fields;
  const names = [...new Set([...Object.keys(before), ...Object.keys(here.fields)])];
  const differing = names
    .filter((name) => before[name] !== here.fields[name])
    .map((name) => `${name}: ${before[name] ?? "nothing"} then, ${here.fields[name] ?? "nothing"} now`);
  throw new SbxError({
    what: `Run ${manifest.runId} can't be resumed here`,
    why: `The host is not the one that it was started on.\n${differing.join("\n")}`,
    fix: "Start a new run without --resume.",
    exitCode: 4,
  });
}

/** Faults for the fake driver, from the environment: only tests of this tool set it. */
function scriptedFaults(): FakeFault[] {
  const text = process.env.SBX_FAKE_FAULTS;
  return text === undefined ? [] : (JSON.parse(text) as FakeFault[]);
}

function exitOf(summary: Summary): keyof typeof EXIT {
  const ran = summary.cells.filter((cell) => cell.status === "measured" || cell.status === "failed");
  return ran.some((cell) => cell.status === "failed" || cell.failedLaunches > 0) ? "someCellsFailed" : "done";
}
