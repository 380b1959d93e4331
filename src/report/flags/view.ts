/** What each varied flag of runsc changes: sentences and tables that every renderer shows. */
import type { VerdictName } from "../../check/comparison-types.ts";
import type { FlagEffect, FlagEffectGroup, FlagEffects } from "../../check/flag-effects-types.ts";
import { COST_NOTE, changeText, intervalText, percentText } from "../comparison/words.ts";
import type { Table } from "../kit/figure.ts";
import { formatFactor } from "../kit/format.ts";

export type FlagEffectsView = {
  /** `Flags of runsc on systrap` */
  title: string;
  trust: string;
  /** A row a level: what it changes, and what it gives up. */
  overview: Table;
  /** A row a pair that does more, or less, together; empty without combinations. */
  pairs: Table | null;
  /** A table a level, and one a pair that interacts, worst news first. */
  details: Table[];
};

/** What is settled comes first. */
const ORDER: readonly VerdictName[] = ["worse", "better", "unclear", "same"];
/** Metrics named of each verdict in the overview. */
const NAMED = 3;

export function flagEffectsView({ runsc, platform, alpha, main, pairs }: FlagEffects): FlagEffectsView {
  const binary = runsc === null ? "runsc" : `runsc ${runsc}`;
  const interacting = pairs.filter(({ counts }) => counts.worse + counts.better > 0);
  return {
    title: `Flags of ${binary} on ${platform}`,
    trust: trust(main, pairs, alpha),
    overview: {
      title: "Main effect of each flag",
      head: ["flag", "verdicts", "costs more", "costs less", "beside time"],
      rows: main.map((group) => [
        nameOf(group),
        counted(group),
        named(group, "worse"),
        named(group, "better"),
        group.tradeOff ?? "",
      ]),
    },
    pairs:
      pairs.length === 0
        ? null
        : {
            title: `Pairs that interact: ${interacting.length} of ${pairs.length}`,
            head: ["pair", "verdicts", "costs more together", "costs less together"],
            rows: interacting.map((group) => [
              nameOf(group),
              counted(group),
              named(group, "worse"),
              named(group, "better"),
            ]),
          },
    details: [...main, ...interacting].map(detailTable),
  };
}

function nameOf({ of }: FlagEffectGroup): string {
  return of.map(({ factor, level }) => `${factor}=${level}`).join(" with ");
}

function trust(main: readonly FlagEffectGroup[], pairs: readonly FlagEffectGroup[], alpha: number): string {
  const rounds = [...main, ...pairs].flatMap(({ metrics }) => metrics.map(({ n }) => n));
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  const n = least === most ? `${least}` : `${least} to ${most}`;
  const combined =
    pairs.length === 0
      ? "each flag was varied alone, so that effects of pairs are not known"
      : "an effect is the mean over the levels of the other flags";
  return `All ran in the same ${n} random rounds; ${combined}. Of each round the mean over network and filter counts. The chance of even one false "worse" or "better" among the metrics of one row is held to ${percentText(alpha)} each (Holm). ${COST_NOTE}`;
}

/** `2 worse, 1 better, 30 same, 12 unclear` */
function counted({ counts }: FlagEffectGroup): string {
  return (["worse", "better", "same", "unclear"] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(", ");
}

function named(group: FlagEffectGroup, verdict: "worse" | "better"): string {
  const own = group.metrics.filter((one) => one.verdict === verdict).toSorted(byNews);
  const more = own.length - NAMED;
  const list = own
    .slice(0, NAMED)
    .map((one) => `${one.metric} ${changeText(one.effect.ratio)} ${intervalText(one.effect)} n=${one.n}`);
  return `${list.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function detailTable(group: FlagEffectGroup): Table {
  return {
    title: `${nameOf(group)}: ${counted(group)}`,
    head: ["metric", "verdict", "cost", "95 % interval", "limit", "finds from", "mean of"],
    rows: group.metrics
      .toSorted(byNews)
      .map((one) => [
        `${one.scenario} ${one.metric}`,
        one.verdict,
        `${changeText(one.effect.ratio)} (${formatFactor(one.effect.ratio)}x)`,
        `${intervalText(one.effect)} n=${one.n}`,
        percentText(one.delta),
        one.mde === null ? "nothing yet" : percentText(one.mde),
        String(one.contexts),
      ]),
  };
}

function byNews(x: FlagEffect, y: FlagEffect): number {
  const order = ORDER.indexOf(x.verdict) - ORDER.indexOf(y.verdict);
  return order || Math.abs(Math.log(y.effect.ratio)) - Math.abs(Math.log(x.effect.ratio));
}
