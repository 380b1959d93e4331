/** What the new side lacks: broken, or no more than launches that fail now and then explain. Pure. */

import { holm } from "../stats/families/holm.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import { type Frequency, fisherExact } from "../stats/tests/fisher-exact.ts";
import type { BrokenCell, NotCompared } from "./comparison-types.ts";

/** A cell or metric of which some launch, on either side, has nothing. */
export type Suspect = {
  /** Equal for metrics that the same launches of a cell lack: one event, and one test. */
  event: string;
  /** p that the new side's launches lack it no more often than the old one's. */
  p: number;
  /** What it is if not chance; `null` where the new side has figures enough. */
  broken: BrokenCell | null;
  /** What is said where it may be chance. */
  otherwise: { notCompared: NotCompared } | { warning: string } | null;
};

export type Sentence = { broken: BrokenCell[]; notCompared: NotCompared[]; warnings: string[] };

/**
 * Broken is what the new side lacks more often than chance explains: Fisher's exact test of each event, with Holm's
 * correction over all of them, also over those by which the new side is the better one: without them it would be luck
 * that chooses what is tested.
 *
 * @param alpha chance that even one is called broken where the sides do not differ
 */
export function brokenOrChance(suspects: readonly Suspect[], alpha: number): Sentence {
  const events = [...new Map(suspects.map(({ event, p }) => [event, p]))];
  const adjusted = holm(events.map(([, p]) => p));
  const pOf = new Map(events.map(([event], index) => [event, adjusted[index]!]));
  const isBroken = (one: Suspect) => one.broken !== null && pOf.get(one.event)! <= alpha;
  const said = suspects.flatMap((one) => (isBroken(one) || one.otherwise === null ? [] : [one.otherwise]));
  return {
    broken: suspects.flatMap((one) => (isBroken(one) ? [one.broken!] : [])),
    notCompared: said.flatMap((one) => ("notCompared" in one ? [one.notCompared] : [])),
    warnings: said.flatMap((one) => ("warning" in one ? [one.warning] : [])),
  };
}

/**
 * A cell with failed launches. Where too many of the new side failed (`status` is `failed`) it may be broken.
 *
 * @param wasGated whether the gate looks at any of its metrics
 * @returns `null` where no launch failed
 */
export function failingSuspect(a: CellData, b: CellData, wasGated: boolean): Suspect | null {
  if (a.failed.length + b.failed.length === 0) return null;
  const { id: cell, scenario } = b.cell;
  const [old, fresh] = [failures(a), failures(b)];
  const often = `${timesText(fresh)} of the new side failed, ${timesText(old)} of the old one, which may be chance: ${b.reason}`;
  return {
    event: `${cell} failed`,
    p: fisherExact(old, fresh),
    broken: b.status === "failed" ? { cell, scenario, metric: null, reason: `failed: ${b.reason}` } : null,
    otherwise:
      b.status !== "failed"
        ? null
        : b.series.size > 0
          ? { warning: `${cell}: ${often}` }
          : { notCompared: { cell, metric: null, reason: often, ...(wasGated && { unseen: true }) } },
  };
}

function failures({ good, failed }: CellData): Frequency {
  return { count: failed.length, of: good.length + failed.length };
}

/** `3 of 12 launches` */
export function timesText({ count, of }: Frequency): string {
  return `${count} of ${of === 1 ? "1 launch" : `${of} launches`}`;
}
