/** "Should I upgrade runsc?": sentences, rows and gaps that every renderer shows. */
import { type MetricComparison, VERDICT_ORDER, type VerdictName } from "../../check/comparison-types.ts";
import {
  type OnlyOne,
  UPGRADE_SECTIONS,
  type Upgrade,
  type UpgradeMetric,
  type UpgradeSection,
} from "../../check/upgrade-types.ts";
import { roundsNeeded } from "../../stats/power/rounds-needed.ts";
import { type VerdictRow, verdictRow } from "../comparison/verdict-view.ts";
import { COST_NOTE, changeText, percentText, settleText, withinText } from "../comparison/words.ts";
import { RANGE_NOTE } from "../kit/beside-ratios.ts";
import type { Table } from "../kit/figure.ts";
import { plural } from "../kit/format.ts";

export type UpgradeView = {
  /** Part of ids in the page: `debian-latest`. */
  key: string;
  /** `Upgrade: runsc debian to latest` */
  title: string;
  /** The answer. */
  text: string;
  /** How it was found out, and what that is worth. */
  trust: string;
  rows: Record<VerdictName, VerdictRow[]>;
  /** A table for operations, start-up and memory each, worst news first. */
  sections: Table[];
  /** Cells that only one of the two can run, and differences between their flags; empty tables are left out. */
  gaps: Table[];
};

const WORDS: Record<VerdictName, string> = {
  worse: "worse",
  unclear: "unclear",
  better: "better",
  same: "the same",
};
/** What is settled comes first: there are few of these, and the unclear ones many. */
const ORDER: readonly VerdictName[] = ["worse", "better", "unclear", "same"];
/** Named in the answer, of each verdict. */
const NAMED = 3;

export function upgradeView(upgrade: Upgrade): UpgradeView {
  const { a, b, metrics } = upgrade;
  const sorted = metrics.toSorted(byNews);
  const rowsOf = (verdict: VerdictName) =>
    sorted.filter((one) => one.verdict === verdict).map((one) => verdictRow(comparisonOf(one)));
  return {
    key: `${a.label}-${b.label}`,
    title: `Upgrade: runsc ${a.label} to ${b.label}`,
    text: answer(upgrade),
    trust: trust(upgrade),
    rows: Object.fromEntries(VERDICT_ORDER.map((name) => [name, rowsOf(name)])) as UpgradeView["rows"],
    sections: UPGRADE_SECTIONS.flatMap((section) => sectionTable(section, sorted)),
    gaps: [
      ...onlyTable(`Only ${a.label} runs`, upgrade.onlyA, b.label),
      ...onlyTable(`Only ${b.label} runs`, upgrade.onlyB, a.label),
      ...flagTable(upgrade),
    ],
  };
}

function answer({ a, b, metrics, onlyA, onlyB }: Upgrade): string {
  const versions = `From runsc ${a.label} (${a.version}) to ${b.label} (${b.version})`;
  if (metrics.length === 0) return `${versions}: nothing was measured with both.`;
  const parts = UPGRADE_SECTIONS.flatMap((section) => {
    const own = metrics.filter((one) => one.section === section);
    return own.length === 0 ? [] : [`${section}: ${counted(own)}`];
  });
  const cells = [
    ...(onlyB.length > 0 ? [`${plural(onlyB.length, "cell")} only ${b.label} can run`] : []),
    ...(onlyA.length > 0 ? [`${plural(onlyA.length, "cell")} only ${a.label} can run`] : []),
  ];
  const sentences = [
    `${versions}: ${parts.join("; ")}.`,
    named("Dearest", metrics, "worse"),
    named("Cheapest", metrics, "better"),
    cells.length === 0 ? "" : `${cells.join("; ")}.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/** `3 worse, 12 better, 4 the same, 9 unclear` */
function counted(metrics: readonly UpgradeMetric[]): string {
  return (["worse", "better", "same", "unclear"] as const)
    .map((verdict) => ({ verdict, count: metrics.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict]}${verdict === "same" ? withinText(metrics) : ""}`)
    .join(", ");
}

function named(heading: string, metrics: readonly UpgradeMetric[], verdict: VerdictName): string {
  const own = metrics.filter((one) => one.verdict === verdict).toSorted(byNews);
  if (own.length === 0) return "";
  const list = own
    .slice(0, NAMED)
    .map((one) => `${one.metric} on ${one.platform} (cost ${changeText(one.effect.ratio)})`);
  return `${heading}: ${list.join(", ")}.`;
}

function trust({ metrics, alpha }: Upgrade): string {
  if (metrics.length === 0) return "";
  const rounds = metrics.map(({ n }) => n);
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  const n = least === most ? `${least}` : `${least} to ${most}`;
  const families = [...Map.groupBy(metrics, placeOf).values()].map(({ length }) => length);
  const enough = roundsNeeded(alpha);
  const blind = metrics.every(({ mde }) => mde === null)
    ? ` With so few rounds none of them could be called worse, whatever it cost: ${enough} are enough.`
    : "";
  return `Both ran in the same ${n} random rounds. A row is one metric on one platform: of each round the mean over its configurations (network and filter) of the change in cost, and over the rounds the Hodges-Lehmann estimate with its exact 95 % interval. The chance of even one false "worse" or "better" among the ${families.join(" and ")} rows of a platform is held to ${percentText(alpha)} each (joint sign flips of the rounds).${blind} ${COST_NOTE} "configurations" is how far these lie apart.${
    metrics.every(({ values }) => values.agree) ? "" : ` ${RANGE_NOTE}`
  }`;
}

function sectionTable(section: UpgradeSection, sorted: readonly UpgradeMetric[]): Table[] {
  const own = sorted.filter((one) => one.section === section);
  if (own.length === 0) return [];
  const title = `${section.charAt(0).toUpperCase()}${section.slice(1)}: ${counted(own)}`;
  const rows = own.map((metric) => {
    const row = verdictRow(comparisonOf(metric));
    const apart =
      metric.configurations === 1
        ? "1"
        : `${metric.configurations}: ${changeText(metric.lowest)} to ${changeText(metric.highest)}`;
    return [
      `${metric.scenario} ${metric.metric}`,
      placeOf(metric),
      WORDS[metric.verdict],
      row.change,
      `${row.interval} n=${metric.n}`,
      `${row.before} → ${row.after}`,
      apart,
      row.limit,
      settleText(row.metric),
    ];
  });
  const head = [
    "metric",
    "platform",
    "verdict",
    "cost",
    "95 % interval",
    "old → new",
    "configurations",
    "limit",
    "to settle",
  ];
  return [{ title, head, rows }];
}

function placeOf({ platform, flags }: UpgradeMetric): string {
  return flags === null ? platform : `${platform} ${flags}`;
}

function onlyTable(title: string, only: readonly OnlyOne[], other: string): Table[] {
  if (only.length === 0) return [];
  const groups = [...Map.groupBy(only, ({ reason }) => reason)];
  return [
    {
      title: `${title}: ${plural(only.length, "cell")}`,
      head: [`why ${other} does not`, "cells"],
      rows: groups.map(([reason, cells]) => [reason, cells.map(({ cell }) => cell).join(", ")]),
    },
  ];
}

function flagTable({ a, b, flags }: Upgrade): Table[] {
  if (!flags.known)
    return [
      { title: "Flags", head: ["", ""], rows: [["flags", "one of the two does not say which it knows"]] },
    ];
  const dashed = (names: readonly string[]) => names.map((name) => `--${name}`).join(", ");
  const rows = [
    [`only ${a.label} knows`, dashed(flags.onlyA)],
    [`only ${b.label} knows`, dashed(flags.onlyB)],
    [
      "another default",
      flags.changedDefaults.map(({ name, a: old, b: fresh }) => `--${name}: ${old} → ${fresh}`).join(", "),
    ],
  ].filter(([, list]) => list !== "");
  return rows.length === 0 ? [] : [{ title: "Flags", head: ["flags", "which"], rows }];
}

function byNews(x: UpgradeMetric, y: UpgradeMetric): number {
  const order = ORDER.indexOf(x.verdict) - ORDER.indexOf(y.verdict);
  return order || Math.abs(Math.log(y.effect.ratio)) - Math.abs(Math.log(x.effect.ratio));
}

/** In the form that rows of every comparison have. */
function comparisonOf(metric: UpgradeMetric): MetricComparison {
  const { scenario, title, unit, a, b, n } = metric;
  const cell = `${placeOf(metric)}::${scenario}`;
  return {
    ...metric,
    ...{ cell, cellA: cell, scenario, title, unit },
    better: "lower",
    a: { median: a, launches: n, zeros: 0 },
    b: { median: b, launches: n, zeros: 0 },
    offset: 0,
    driftAllowance: 0,
    noiseFloor: metric.deltaFrom === "noise floor" ? metric.delta : null,
    floorMeasuredAt: null,
    settleNs: null,
    gated: true,
  };
}
