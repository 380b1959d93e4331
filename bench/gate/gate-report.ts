/** The analysis as Markdown. Pure. */
import { figureTable } from "../figure.ts";
import type { Analysis } from "./analyse.ts";
import { binomialInterval } from "./binomial-interval.ts";
import { GATE_ROUNDS } from "./draw.ts";
import { SLOWDOWNS } from "./gate-cells.ts";
import { shortName } from "./gate-data.ts";
import { goals } from "./goals.ts";
import { percent } from "./percent.ts";
import type { BurntResult } from "./try-burnt.ts";
import type { DesignResult, MetricResult } from "./try-design.ts";

export function gateReport(analysis: Analysis): string {
  const [interleaved, , twoRuns] = analysis.designs;
  return [
    `${figureTable(goals(analysis))}`,
    section("The data", dataText(analysis)),
    section(
      "False alarms: gates in which at least one of the metrics is called worse, though nothing changed",
      alarmTable(analysis),
    ),
    section("Found of the true slowdowns, mean over all metrics", powerTable(analysis)),
    section(`Each metric, ${interleaved!.design.name}, slowed in the record`, metricTable(interleaved!)),
    section(`Each metric, ${twoRuns!.design.name}, slowed in the record`, metricTable(twoRuns!)),
    section(
      "Really slowed launches: what was seen of the slowdown, and how often the gate found it",
      burntTable(analysis.burnt),
    ),
    section("Dependence of the rounds on each other", dependenceTable(analysis)),
  ].join("\n");
}

function section(title: string, text: string): string {
  return `### ${title}\n\n${text}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

function dataText({ manifest, conditions, rounds }: Analysis): string {
  const { from, to, launches, failed, load1, busy, steal, disturbed } = conditions;
  const { fields } = manifest.fingerprint;
  const minutes = (Date.parse(to) - Date.parse(from)) / 60_000;
  return [
    `${fields["cpu.model"]}, ${fields["cpu.logical"]} CPUs (${fields["host.virtualisation"]}), kernel ${fields["kernel.release"]}, runsc ${manifest.versions.runsc}; fingerprint ${manifest.fingerprint.id}.`,
    `${rounds} rounds, ${launches} launches (${failed} failed), ${from.slice(0, 16).replace("T", " ")} to ${to.slice(11, 16)} UTC (${minutes.toFixed(0)} min), seed ${manifest.seed}.`,
    `Load average before a launch: 5 % ${load1[0].toFixed(2)}, median ${load1[1].toFixed(2)}, 95 % ${load1[2].toFixed(2)}; processors busy ${percent(busy)} of the time, stolen ${percent(steal, 2)}; ${percent(disturbed)} of the launches marked as disturbed.`,
  ].join("\n");
}

function alarmTable({ designs }: Analysis): string {
  const names = Object.keys(designs[0]!.alarms);
  const rows = names.map((name) => [
    name,
    ...designs.map(({ alarms, gates }) => {
      const count = alarms[name];
      if (count === undefined) return "";
      const { low, high } = binomialInterval(count, gates);
      return `${percent(count / gates, 2)} [${percent(low, 2)}, ${percent(high, 2)}]`;
    }),
  ]);
  const verdictRow = [
    "verdicts of sbx-bench",
    ...designs.map(({ verdicts }) =>
      Object.entries(verdicts)
        .map(([name, share]) => `${name} ${percent(share, share > 0 && share < 0.01 ? 3 : 0)}`)
        .join(", "),
    ),
  ];
  return table(
    ["", ...designs.map(({ design, gates }) => `${design.name} (${gates})`)],
    [...rows, verdictRow],
  );
}

function powerTable({ designs, burnt }: Analysis): string {
  const recorded = designs.flatMap(({ design, power }) =>
    Object.entries(power).map(([gate, found]) => [
      `${design.name}, in the record`,
      gate,
      ...found.map((share) => percent(share)),
    ]),
  );
  const gates = Object.keys(burnt[0]!.power);
  const real = gates.map((gate) => [
    "interleaved, rounds at random, really",
    gate,
    ...burnt.map(({ power }) => percent(power[gate]!)),
  ]);
  return table(["", "gate", ...SLOWDOWNS.map((one) => percent(one))], [...recorded, ...real]);
}

function metricTable({ metrics }: DesignResult): string {
  const row = ({ metric, power, unclear, delta, mde, powerAtMde, coverage }: MetricResult) => [
    shortName(metric.cell),
    metric.metric,
    percent(delta, 1),
    ...power.map((share) => percent(share)),
    mde === null ? "" : percent(mde, mde < 0.1 ? 1 : 0),
    powerAtMde === null ? "" : percent(powerAtMde),
    percent(unclear.without),
    percent(unclear.at5),
    percent(coverage, 1),
  ];
  const found = SLOWDOWNS.map((one) => `found at ${percent(one)}`);
  const head = [
    "cell",
    "metric",
    "limit",
    ...found,
    "MDE",
    "found at MDE",
    "unclear at 0 %",
    "unclear at 5 %",
    "coverage",
  ];
  return table(head, metrics.map(row));
}

function burntTable(burnt: readonly BurntResult[]): string {
  const metrics = burnt[0]!.metrics.map(({ metric }, place) => [
    shortName(metric.cell),
    metric.metric,
    ...burnt.map(({ metrics }) => {
      const { share, seen, power } = metrics[place]!;
      const interval = `[${(seen.low * 100).toFixed(1)}, ${(seen.high * 100).toFixed(1)}]`;
      return `${(share * 100).toFixed(1)}: ${(seen.share * 100).toFixed(1)} ${interval}; ${percent(power)}`;
    }),
  ]);
  const held = burnt.map(({ metrics }) => {
    const holding = metrics.filter(({ share, seen }) => seen.low <= share && share <= seen.high);
    return `${holding.length} of ${metrics.length}`;
  });
  const head = burnt.map(({ slowdown, rounds }) => `${percent(slowdown)} (${rounds} rounds)`);
  return [
    "True share in %: seen in % with its 95 % interval over all rounds; found by gates of",
    `${GATE_ROUNDS} of these rounds. Of \`total\` the time burnt is a smaller share than of \`ready\`.\n`,
    table(["cell", "metric", ...head], [...metrics, ["intervals that hold the true share", "", ...held]]),
  ].join("\n");
}

function dependenceTable({ dependences }: Analysis): string {
  const rows = dependences.map(({ name, metric, launches, pairs }) => [
    name,
    metric,
    ...[launches, pairs].flatMap(({ spread, lag1, trend }) => [
      percent(spread, 1),
      lag1.toFixed(2),
      percent(trend, 1),
    ]),
  ]);
  const head = ["spread", "lag-1", "trend"];
  return table(
    ["cell", "metric", ...head.map((one) => `launches: ${one}`), ...head.map((one) => `pairs: ${one}`)],
    rows,
  );
}
