/** Stacks of terms: operations in ns, programs in shares of their native run time. */
import type { FittedOp } from "../../../model/cost-model.ts";
import type { ExplainedProgram } from "../../../model/explain-programs.ts";
import { groupOf } from "../../../model/term-groups.ts";
import { TERM_NAMES, type TermName } from "../../../model/terms.ts";
import type { WhyRow, WhySegment } from "./model-view.ts";

type Part = { term: TermName; ns: number };

/** @param entangled terms of which only the sum means something */
export function operationRows(
  ops: readonly FittedOp[],
  entangled: readonly TermName[],
  titleOf: (op: FittedOp) => string,
): WhyRow[] {
  const rows = ops.map((op): WhyRow => {
    const segments = stacked(op.parts, entangled, 1);
    return {
      key: `${op.scenario}::${op.metric}`,
      title: titleOf(op),
      panel: timePanel(sizeOf([op.measuredNs, op.measuredLowNs, op.measuredHighNs], segments)),
      unit: "ns",
      measured: op.measuredNs,
      low: op.measuredLowNs,
      high: op.measuredHighNs,
      modelled: op.modelledNs,
      segments,
    };
  });
  return bySize(rows);
}

export function programRows(programs: readonly ExplainedProgram[], entangled: readonly TermName[]): WhyRow[] {
  const rows = programs.map((one): WhyRow => {
    const segments = stacked(one.parts, entangled, one.nativeNs);
    const slowdowns = [one.measured, one.measuredLow ?? 1, one.measuredHigh ?? 1].map((value) => value - 1);
    return {
      key: one.program,
      title: one.program,
      panel: sharePanel(sizeOf(slowdowns, segments)),
      unit: "share",
      measured: one.measured - 1,
      low: one.measuredLow === null ? null : one.measuredLow - 1,
      high: one.measuredHigh === null ? null : one.measuredHigh - 1,
      modelled: one.modelled - 1,
      segments,
    };
  });
  return bySize(rows);
}

/** Terms in their own order, so that colours line up; what is cheaper than natively goes to the left of 0. */
function stacked(parts: readonly Part[], entangled: readonly TermName[], divisor: number): WhySegment[] {
  const ends = { left: 0, right: 0 };
  const alone = parts
    .filter(({ term }) => !entangled.includes(term))
    .toSorted((a, b) => TERM_NAMES.indexOf(a.term) - TERM_NAMES.indexOf(b.term));
  const together = parts.filter(({ term }) => entangled.includes(term));
  const sum = together.reduce((total, { ns }) => total + ns, 0);
  return [...alone, ...(together.length === 0 ? [] : [{ term: null, ns: sum }])].map(({ term, ns }) => {
    const side = ns < 0 ? "left" : "right";
    const from = ends[side];
    ends[side] += ns / divisor;
    return { term, group: term === null ? null : groupOf(term), from, to: ends[side] };
  });
}

/** How far the row reaches from 0, its interval included: a panel has one axis. */
function sizeOf(measured: readonly number[], segments: readonly WhySegment[]): number {
  return Math.max(...measured.map(Math.abs), ...segments.map(({ to }) => Math.abs(to)));
}

function rowSize({ measured, low, high, segments }: WhyRow): number {
  return sizeOf([measured, low ?? 0, high ?? 0], segments);
}

function bySize(rows: readonly WhyRow[]): WhyRow[] {
  return rows.toSorted((a, b) => rowSize(a) - rowSize(b));
}

const TIMES = ["100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"];
const SMALLEST_EXPONENT = 2;

/** `1 to 10 µs`; a row belongs to the decade that it just fits into. */
function timePanel(ns: number): string {
  const place = Math.ceil(Math.log10(Math.max(1, ns))) - SMALLEST_EXPONENT;
  if (place <= 0) return `under ${TIMES[0]}`;
  const upper = TIMES[place];
  return upper === undefined ? `over ${TIMES.at(-1)}` : `${TIMES[place - 1]} to ${upper}`;
}

function sharePanel(share: number): string {
  if (share <= 0.1) return "under 10 % of the native run";
  if (share <= 1) return "10 to 100 % of the native run";
  return share <= 10 ? "1 to 10 times the native run" : "over 10 times the native run";
}
