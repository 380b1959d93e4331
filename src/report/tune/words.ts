/** Sentences and numbers of advice, the same in every renderer. */
import type { Change, Goal } from "../../model/tune/changes.ts";
import type { Estimate } from "../../model/tune/cost-surface.ts";
import type { FactorChange } from "../../model/tune/factors.ts";
import type { FrontRow, Level } from "../../model/tune/front.ts";
import { LAYER_TITLES, LAYERS } from "../../model/tune/layers.ts";
import type { Unit } from "../../samples/launch-record.ts";
import { changeText, intervalText, percentText } from "../comparison/words.ts";
import { RANGE_NOTE } from "../kit/beside-ratios.ts";
import { seccompLabel } from "../kit/configurations.ts";
import { formatEstimate, formatFactor, formatFactorInterval, formatShown, plural } from "../kit/format.ts";
import type { TuneReport } from "./tune-report.ts";

const GOAL_TITLES: Record<Goal, string> = {
  work: "this workload's cost",
  startup: "start-up",
  memory: "the memory of an idle sandbox",
};

/** `-21.3 %`; below 0 is cheaper */
export function costText({ ratio }: Estimate): string {
  return changeText(ratio);
}

/** `[-24.0, -18.2]`, `[too few rounds]` */
export function boundsText({ ratio, low, high }: Estimate): string {
  if (low === null || high === null) return "[too few rounds]";
  return intervalText({ ratio, ciLow: low, ciHigh: high });
}

/** `n=11`, `16 programs`, `corpus of 21` */
export function basisText({ basis, n }: Estimate): string {
  if (basis === "measured") return `n=${n}`;
  return basis === "programs" ? plural(n, "program") : `corpus of ${n}`;
}

/** `-21.3 % [-24.0, -18.2] n=11` */
export function estimateText(estimate: Estimate): string {
  return `${costText(estimate)} ${boundsText(estimate)} ${basisText(estimate)}`;
}

/** `platform: ptrace → systrap` */
export function switchText({ factor, from, to }: FactorChange): string {
  return `${factor}: ${factorLevel(factor, from)} → ${factorLevel(factor, to)}`;
}

function factorLevel(factor: string, level: string): string {
  return factor === "seccomp" ? seccompLabel(level) : level;
}

export function switchesText({ switches }: Pick<Change, "switches">): string {
  return switches.map(switchText).join(", ");
}

/** The answer in one sentence. */
export function headline(report: TuneReport): string {
  const { decision, goal } = report;
  if (decision.kind === "nothing") return "Change nothing.";
  const { change } = decision;
  const all = change.switches.map(
    ({ factor, from, to }) => `${factor} from ${factorLevel(factor, from)} to ${factorLevel(factor, to)}`,
  );
  return `Switch ${all.join(", and ")}: ${GOAL_TITLES[goal]} ${estimateText(change.estimate)}.`;
}

/** Why, in one or two sentences. */
export function because(report: TuneReport): string {
  const { decision, changes, goal, from, smallestGain } = report;
  const unclear = changes.filter(({ verdict }) => verdict === "unclear").length;
  const isMeasured = changes.every(({ estimate }) => estimate.basis === "measured");
  const open =
    unclear === 0
      ? ""
      : ` ${plural(unclear, "change")} ${unclear === 1 ? "is" : "are"} unclear: ${isMeasured ? "more rounds" : "measuring them"} would tell.`;
  if (decision.kind === "change") {
    const losses = othersText(decision.change, "losses");
    const elsewhere = losses.length === 0 ? "" : ` But ${losses.join(", and ")}.`;
    return `It gives up nothing that is known here.${elsewhere}${open}`;
  }
  const priced = changes.filter(({ verdict, prices }) => verdict === "gain" && prices.length > 0).length;
  const trade =
    priced === 0
      ? ""
      : ` ${plural(priced, "change")} would, and ${priced === 1 ? "gives" : "give"} something up: whether that is worth it is for you to say.`;
  const none =
    changes.length === 1
      ? "The only single change that was looked at does not lower"
      : `None of the ${changes.length} single changes lowers`;
  return `${none} ${GOAL_TITLES[goal]} by ${percentText(smallestGain)} or more beyond doubt without giving something up; now: ${from}.${trade}${open}`;
}

/** `start-up: -12.0 % [-15.0, -9.1] n=11` for each other goal, where it is beyond doubt that it changes. */
export function othersText({ others }: Pick<Change, "others">, which: "all" | "losses" = "all"): string[] {
  return (Object.entries(others) as [Goal, Estimate][])
    .filter(
      ([, { low, high }]) => low !== null && high !== null && (low > 1 || (which === "all" && high < 1)),
    )
    .map(([goal, estimate]) => `${GOAL_TITLES[goal]}: ${estimateText(estimate)}`);
}

/** What an estimate leaves out; empty where it leaves out nothing. */
export function lacksText({ covers, lacks, basis }: Estimate): string {
  if (lacks.length === 0) return "";
  const what = basis === "measured" ? plural(covers, "operation") : plural(covers, "term");
  const list =
    lacks.length > 4 ? `${lacks.slice(0, 4).join("; ")} and ${lacks.length - 4} more` : lacks.join("; ");
  return `stands on ${what}; not measured on both sides: ${list}`;
}

/** `KN-M-`: a letter a layer that is kept, in the order of `LAYERS`. */
export function layersText({ layers }: Pick<FrontRow, "layers">): string {
  return LAYERS.map((layer) => (layers.includes(layer) ? LAYER_TITLES[layer].letter : "-")).join("");
}

/** `K: system calls of the program ...`, a line a layer. */
export const LAYER_LEGEND: readonly string[] = LAYERS.map(
  (layer) => `${LAYER_TITLES[layer].letter}: ${LAYER_TITLES[layer].title}`,
);

/** `6.2x [6.0, 6.4] n=11` */
export function slowdownText({ slowdown }: Pick<FrontRow, "slowdown">): string {
  if (slowdown === null) return "not known";
  const { ratio: value, low, high } = slowdown;
  return `${formatFactor(value)}x ${formatFactorInterval({ value, low, high })} ${basisText(slowdown)}`;
}

/** `82.1 ms [80.0, 85.2] n=11`, in the unit of the value; `71.2…85.0 ms n=11` */
export function levelText(level: Level | null, unit: Unit): string {
  if (level === null) return "";
  const { range, n } = level;
  return range === undefined ? formatEstimate({ ...level, unit }) : `${formatShown(range, unit)} n=${n}`;
}

export const FRONT_RULE =
  "Pareto front: no other configuration keeps all its layers and clearly costs less, or keeps a layer more without clearly costing more. Layers are not weighed against each other; gVisor's own kernel is worth more than a filter.";

export function fronts({ fronts: on }: FrontRow): string {
  const names: Record<Goal, string> = { work: "work", startup: "start-up", memory: "memory" };
  return on.map((goal) => names[goal]).join(", ");
}

export function sourceText(report: TuneReport): string {
  const estimate = report.changes[0]?.estimate;
  const kind =
    estimate === undefined || estimate.basis === "measured"
      ? "measured; brackets are 95 % intervals of the paired rounds"
      : estimate.basis === "programs"
        ? "predicted; brackets are 90 % intervals, from the model's errors on programs of the run"
        : "predicted; brackets are 90 % intervals, from the model's errors on the corpus of programs that it comes with";
  return `${kind}; run ${report.runId}`;
}

export const CORPUS_NOTE =
  "The run has too few programs of its own (9) to know the model's error here; the corpus was measured on another host (docs/predict.md). Measure before you rely on it: sbx-bench predict --verify -- COMMAND";

/** How often chance alone would make an interaction look beyond doubt belongs beside every one that does. */
export function effectsNote(tried: number, beyondDoubt: number): string {
  if (tried === 0) return "interactions: no two factors were switched together";
  const chance = (tried * 0.05).toFixed(1);
  return `interactions: ${beyondDoubt} of ${tried} have an interval without 1; about ${chance} would by chance`;
}

/** What the slowdowns of the front stand on. */
export function frontBasisText({ frontBasis, baseline, workload, front }: TuneReport): string {
  if (front.every(({ slowdown }) => slowdown === null)) {
    return `no slowdown is known: the run has not measured ${baseline}`;
  }
  const { operations, groups, left } = frontBasis;
  const over =
    operations === null
      ? `of ${workload.command?.join(" ") ?? "the program"}, predicted`
      : `over the ${plural(operations, "operation")} that all of them measured (${groups.join("; ")})`;
  const without =
    left.length === 0
      ? ""
      : `; left out, as ${operations === null ? "the run lacks a cost there that this program meets" : "they share none"}: ${left.join(", ")}`;
  const ranges = front.some(({ startupNs, memoryBytes }) => startupNs?.range ?? memoryBytes?.range);
  return `slowdown against ${baseline}, ${over}${without}${ranges ? `. ${RANGE_NOTE}` : ""}`;
}

/** An interaction whose interval does not hold 1. */
export function isBeyondDoubt({ estimate: { low, high } }: { estimate: Estimate }): boolean {
  return low !== null && high !== null && (low > 1 || high < 1);
}
