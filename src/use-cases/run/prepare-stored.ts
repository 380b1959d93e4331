/** What a run goes on with that was started before: one that was interrupted, or a finished one that gets more rounds. */
import { dirname } from "node:path";
import { SbxError } from "../../base/errors.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { livingHarness, storedLedgers } from "../../run/environment/ledger.ts";
import { findUnfinished } from "../../run/find-unfinished.ts";
import type { RunSetting } from "../../run/rounds/run-setting.ts";
import { differingFields } from "../../samples/differing-fields.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { loadScenarios } from "../../workload/catalogue.ts";
import { filtersHere } from "../plan/plan-cells.ts";
import { probeHere } from "../probe-host.ts";
import { notesTo, type Say } from "../use-case.ts";
import type { PreparedRun } from "./prepare-new.ts";
import { requireSameFilters } from "./same-filters.ts";

/** @param named id or folder of a run; `null` = the newest that was interrupted */
export async function prepareResumed(
  out: string,
  named: string | null,
  fresh: boolean,
  say: Say,
): Promise<PreparedRun> {
  const { dir, manifest, remark } = findUnfinished(out, named);
  if (remark !== null) say({ type: "warning", message: remark });
  return prepareStored(dir, manifest, fresh, say);
}

/** @throws SbxError where another process works on it, or the host is another one than it was started on */
export async function prepareStored(
  dir: string,
  manifest: RunManifest,
  fresh: boolean,
  say: Say,
): Promise<PreparedRun> {
  refuseUnderWay(manifest.runId);
  const settingOf = async ({ fingerprint, filters, ...stored }: StoredSetting): Promise<RunSetting> => {
    const config = { ...completed(stored.config as ResolvedConfig), out: dirname(dir) };
    const scenarios = await loadScenarios(config);
    const probe = await probeHere(config, fresh, notesTo(say));
    refuseUnlike(manifest.runId, fingerprint, probe.fingerprint);
    requireSameFilters(manifest.runId, filters, filtersHere(config, manifest.cells, scenarios));
    return { config, scenarios, probe };
  };
  const { sides } = manifest;
  if (sides === undefined) return { dir, manifest, ...(await settingOf(manifest)) };
  const both = { a: await settingOf(sides.a), b: await settingOf(sides.b) };
  return { dir, manifest, ...both.b, sides: both };
}

/** What a run, or one side of it, was started with. */
type StoredSetting = Pick<RunManifest, "config" | "fingerprint" | "filters">;

/**
 * A run of an earlier version knows neither several runscs, nor variants of their flags, nor relative parameters, and
 * has filters by their absolute paths.
 */
function completed(stored: ResolvedConfig): ResolvedConfig {
  return {
    ...stored,
    baseDir: stored.baseDir ?? dirname(stored.scenarioDir),
    filters: stored.filters ?? {},
    matrix: { ...stored.matrix, runsc: stored.matrix.runsc ?? [], flags: stored.matrix.flags ?? [] },
    runsc: { ...stored.runsc, variants: stored.runsc.variants ?? [] },
  };
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
function refuseUnlike(
  runId: string,
  before: RunManifest["fingerprint"],
  here: RunManifest["fingerprint"],
): void {
  const differing = differingFields(before, here).map(({ field, a, b }) => `${field}: ${a} then, ${b} now`);
  if (differing.length === 0) return;
  throw new SbxError({
    what: `Run ${runId} can't be resumed here`,
    why: `The host is not the one that it was started on.\n${differing.join("\n")}`,
    fix: "Start a new run without --resume.",
    exitCode: 4,
  });
}
