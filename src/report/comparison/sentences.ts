/** The two sentences that a reader in a hurry reads: what was decided, and why it can be trusted. */
import type { Comparison, MetricComparison } from "../../check/comparison-types.ts";
import { plural } from "../kit/format.ts";
import { COST_NOTE, percentText, withinText } from "./words.ts";

/** From this share of disturbed launches on, that stands before the verdict. */
const BUSY_SHARE = 0.2;

export function headline(comparison: Comparison): string {
  if (comparison.emulated) return "No verdict: the processor was emulated.";
  return `${busyText(comparison)}${decided(comparison)}`;
}

/** Who reads one line reads this: figures of a busy host find less, and their values hold for a busy host. */
function busyText({ kind, disturbed, metrics }: Comparison): string {
  const share = Math.max(disturbed.a, disturbed.b);
  if (share < BUSY_SHARE || metrics.length === 0) return "";
  const where =
    kind === "runs"
      ? `${percentText(disturbed.a)} (a) and ${percentText(disturbed.b)} (b)`
      : percentText(share);
  return `The host was busy: ${where} of the launches were disturbed; stop other work and measure again. `;
}

function decided({ metrics, broken, counts, outcome, notCompared, idleRules }: Comparison): string {
  const judged = metrics.filter((metric) => metric.gated);
  const gated = judged.length;
  if (gated === 0 && broken.length === 0) {
    const missing = notCompared.length === 0 ? "" : `; ${notCompared.length} could not be compared`;
    return `Nothing was compared${missing}.`;
  }
  const others = (...names: ("worse" | "unclear" | "better" | "same")[]) => {
    const words = { worse: "worse", unclear: "unclear", better: "better", same: "the same" };
    const parts = names.flatMap((name) =>
      counts[name] > 0 ? [`${counts[name]} ${words[name]}${name === "same" ? withinText(judged) : ""}`] : [],
    );
    return parts.length === 0 ? "." : `; ${parts.join(", ")}.`;
  };
  const all = plural(gated, "metric");
  if (outcome === "worse") {
    const lost = broken.length === 0 ? "" : `${countText(broken)} broken`;
    const dearer = counts.worse === 0 ? "" : `${counts.worse} of ${all} cost more than the limit allows`;
    const both = [lost, dearer, unseenText(notCompared)].filter((part) => part !== "").join(", ");
    return `Worse: ${both}${others("unclear", "better", "same")}`;
  }
  if (outcome === "unclear") {
    const undecided = counts.unclear === 0 ? "" : `${counts.unclear} of ${all} undecided`;
    const open = [unseenText(notCompared), undecided, idleText(idleRules)]
      .filter((part) => part !== "")
      .join(", ");
    return `Unclear: ${open}, none shown to be worse${others("better", "same")}`;
  }
  return `No loss in ${all}${others("better", "same")}`;
}

/** `1 cell of a is missing in b`; empty where none is */
function unseenText(notCompared: Comparison["notCompared"]): string {
  const unseen = notCompared.filter((one) => one.unseen);
  if (unseen.length === 0) return "";
  return `${countText(unseen)} of a ${unseen.length === 1 ? "is" : "are"} missing in b`;
}

/** `1 rule of check.metrics matches nothing`; empty where none is */
function idleText(rules: Comparison["idleRules"]): string {
  if (rules.length === 0) return "";
  return `${plural(rules.length, "rule")} of check.metrics ${rules.length === 1 ? "matches" : "match"} nothing`;
}

/** `1 cell`, `1 cell and 2 metrics` */
function countText(list: readonly { metric: string | null }[]): string {
  const cells = list.filter(({ metric }) => metric === null).length;
  const metrics = list.length - cells;
  const parts = [cells > 0 ? plural(cells, "cell") : "", metrics > 0 ? plural(metrics, "metric") : ""];
  return parts.filter((part) => part !== "").join(" and ");
}

export function trust({ kind, b, metrics, alpha, unlike, emulated }: Comparison): string {
  const gated = metrics.filter((metric) => metric.gated);
  if (emulated || gated.length === 0) return "There is no figure to judge by.";
  const count = range(gated.map(({ n }) => n));
  const how = {
    interleaved: `Both sides ran in the same ${count} random rounds, so drift of the host hits both alike`,
    configurations: `Both configurations ran in the same ${count} random rounds of one run`,
    runs: `Two runs, of ${range(gated.map(({ a: side }) => side.launches))} (a) and ${range(gated.map(({ b: side }) => side.launches))} (b) launches a cell, made at different times: disturbed launches are held against disturbed ones only, and drift that native does not show counts as change (run --ab rules that out)`,
  }[kind];
  const error = `the chance of even one false alarm among ${plural(gated.length, "metric")} is held to ${percentText(alpha)}`;
  const hosts = unlike.length === 0 ? "" : " The hosts are unlike: read it as a hint.";
  return `${how}; ${error}; ${floor(gated, b.startedAt)}.${hosts} ${COST_NOTE}`;
}

const DAY_MS = 24 * 3600 * 1000;

/** @param judgedAt start of the run that is judged */
function floor(gated: readonly MetricComparison[], judgedAt: string): string {
  const measured = gated.filter(({ noiseFloor }) => noiseFloor !== null);
  if (measured.length === 0) return "no A/A noise floor was measured";
  const which = measured.length === gated.length ? "all of them" : `${measured.length} of them`;
  const ages = measured.flatMap(({ floorMeasuredAt: at }) =>
    at === null ? [] : [Math.floor(Math.abs(Date.parse(judgedAt) - Date.parse(at)) / DAY_MS)],
  );
  const when =
    ages.length === 0
      ? ""
      : Math.max(...ages) === 0
        ? " (last measured within a day)"
        : ` (last measured ${range(ages)} ${Math.max(...ages) === 1 ? "day" : "days"} before)`;
  return `the A/A noise floor is known for ${which}${when}`;
}

/** `15`, `12 to 15` */
function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(most) : `${least} to ${most}`;
}
