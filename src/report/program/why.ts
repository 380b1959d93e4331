/** Where the time goes, in shares of what was measured: the cost model's terms, held against the run. */
import { formatShare, formatValue } from "../kit/format.ts";
import type { ProgramRow } from "./view.ts";

/** What the cost model of another run of this host says of a program. Stored beside the run as `why.json`. */
export type ProgramWhy = {
  /** For people: the run that the model is fitted to. */
  source: string;
  cells: {
    configuration: string;
    /** Predicted run time here / natively. */
    slowdown: number;
    /** The terms that add most, ns. */
    terms: { label: string; ns: number }[];
  }[];
};

/** Below this much more than natively there is nothing to explain. */
const WORTH_EXPLAINING = 0.03;
/** Terms below this share of the extra time are left out. */
const WORTH_NAMING = 0.05;
/** Beyond this the model tells of another program than the one that was measured. */
const MOST_OFF = 0.5;

/**
 * @param nativeNs median of the native run time
 * @returns `null` where the configuration costs nothing worth explaining, or the model has no answer
 */
export function whyText(
  { source, cells }: ProgramWhy,
  { configuration, label, slowdown }: Pick<ProgramRow, "configuration" | "label" | "slowdown">,
  nativeNs: number | null,
): string | null {
  const cell = cells.find((one) => one.configuration === configuration);
  if (cell === undefined || slowdown === null || nativeNs === null) return null;
  const extra = slowdown.value - 1;
  if (slowdown.low === null || slowdown.low - 1 < WORTH_EXPLAINING) return null;
  const told = (cell.slowdown - 1) / extra;
  if (Math.abs(told - 1) > MOST_OFF) {
    return `not explained: the cost model of ${source} expects ${cell.slowdown.toFixed(2)}x here, which is ${formatShare(Math.abs(told))} of the extra time`;
  }
  const shares = cell.terms
    .map(({ label: term, ns }) => ({ term, share: ns / (extra * nativeNs) }))
    .filter(({ share }) => share >= WORTH_NAMING);
  if (shares.length === 0) return null;
  const named = shares.map(({ term, share }) => `${formatShare(Math.min(1, share))} ${term}`).join(", ");
  return `of the ${formatValue(extra * nativeNs, "ns")} that ${label} adds: ${named} (cost model of ${source}, which expects ${cell.slowdown.toFixed(2)}x)`;
}
