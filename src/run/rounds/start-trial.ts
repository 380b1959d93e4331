/** Asks in the middle of a run whether a sandbox still starts at all, or whether one cell alone does not. */

import { isBaseline, isSynthetic } from "../../axes/sandbox.ts";
import { cacheDir } from "../../base/cache-folder.ts";
import type { Cell } from "../../plan/cell.ts";
import { ONLY_RUNSC } from "../../probe/probe-runscs.ts";
import { tryAgain } from "../../probe/trials.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { QuarantinedStart } from "../../samples/run-manifest.ts";
import { SANDBOX_TRIALS } from "../../sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../../workload/programs.ts";
import type { RunEvent } from "../events.ts";
import type { Quarantine } from "./quarantine.ts";
import { type RunSettings, settingOf } from "./run-setting.ts";

/** What came of starting a trivial program; `null` where there is no trial for this sandbox. */
export type StartTrial = { works: boolean; reason: string; evidence: string };

/** @returns `runsc/kvm`, `runsc@debian/kvm`, `runc`, `a:unshare`; null for native, where nothing stands between program and host */
export function startOf({ config, side }: Cell): string | null {
  if (isBaseline(config)) return null;
  const prefix = side === undefined ? "" : `${side}:`;
  const version = config.runsc === undefined ? "" : `@${config.runsc}`;
  return `${prefix}${config.sandbox}${version}${config.platform === null ? "" : `/${config.platform}`}`;
}

export function startTrial(
  settings: RunSettings,
  abort: AbortSignal,
): (cell: Cell) => Promise<StartTrial | null> {
  return async (cell) => {
    if (isSynthetic(cell.config) || abort.aborted) return null;
    const { probe } = settingOf(settings, cell);
    try {
      const answer = await tryAgain(cell.config, SANDBOX_TRIALS, {
        ...probe,
        tools: probe.runscs?.get(cell.config.runsc ?? ONLY_RUNSC)?.tools ?? probe.tools,
        trueBinary: await buildTrue(),
        kvmCapsBinary: cell.config.platform === "kvm" ? await buildHelper("sbx-kvm-caps") : null,
        folder: cacheDir("probes"),
        signal: abort,
      });
      if (answer === null) return null;
      return { works: answer.status === "works", reason: answer.reason ?? "", evidence: answer.evidence };
    } catch (error) {
      if (abort.aborted) return null;
      throw error;
    }
  };
}

export type Suspicion = {
  cell: Cell;
  record: LaunchRecord;
  cells: readonly Cell[];
  quarantine: Quarantine;
  tryStart(cell: Cell): Promise<StartTrial | null>;
  observe(event: RunEvent): void;
  abort: AbortSignal;
};

/** After a launch: closes what started it when a trivial program does not start either. @returns what was closed */
export async function judgeStart(suspicion: Suspicion): Promise<QuarantinedStart | null> {
  const { cell, record, quarantine } = suspicion;
  const start = startOf(cell);
  if (start === null) return null;
  const verdict = quarantine.noteStart(start, record);
  if (verdict === "none") return null;
  suspicion.observe({ type: "trying", what: start, cell: cell.id });
  const trial = await suspicion.tryStart(cell);
  if (trial?.works === true) {
    quarantine.acquit(start);
    return null;
  }
  if (trial === null && (verdict === "trial" || suspicion.abort.aborted)) return null;
  quarantine.closeStart(start);
  const good = quarantine.goodLaunches(start);
  const second =
    trial === null
      ? "so did the one of it before"
      : `a program that only exits did not start either: ${trial.reason.replace(/\.$/, "")}`;
  return {
    what: start,
    at: new Date().toISOString(),
    cell: cell.id,
    round: record.round,
    goodLaunches: good,
    reason: `${start} stopped starting after ${good} good ${good === 1 ? "launch" : "launches"}. ${cell.id} in round ${
      record.round + 1
    }: ${record.failure?.message}; ${second}.`,
    evidence: trial?.evidence ?? "",
    cells: suspicion.cells.filter((one) => startOf(one) === start).map(({ id }) => id),
  };
}
