/** Every place that shows two values and a ratio, on every stored run: nobody who divides finds another ratio. */
import { beforeAll, describe, expect, test } from "vitest";
import { compareConfigurations } from "../../src/check/compare.ts";
import { upgradesOf } from "../../src/check/upgrade.ts";
import { measuredCosts } from "../../src/model/tune/measured-costs.ts";
import { equalWeights, workOps } from "../../src/model/tune/op-weights.ts";
import { candidatesOf, tune } from "../../src/model/tune/tune.ts";
import { tableOf, verdictView } from "../../src/report/comparison/verdict-view.ts";
import { allCharts } from "../../src/report/run/charts/all-charts.ts";
import { buildView } from "../../src/report/run/view/build-view.ts";
import type { ReportView } from "../../src/report/run/view/report-view.ts";
import { estimateText, levelText } from "../../src/report/tune/words.ts";
import { upgradeView } from "../../src/report/upgrade/view.ts";
import { RULES } from "../check/sides.ts";
import { SAMPLES, type StoredSample, storedSample } from "./stored-samples.ts";

/** What stands together: finished texts, as a reader sees them. */
type Together = { where: string; ratio: string; over: string; of: string };

const UNITS: Record<string, number> = {
  ns: 1,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};
/** Three digits of each value and of the ratio. */
const ROUNDING = 1.02;
const NEARLY = 1.1;

/** `158 ns`, `118…158 ns n=11`, `412 ns [405, 420] n=15` */
function valueRange(text: string): [number, number] {
  const [, low, high, unit = ""] = /^([\d.,]+)(?:…([\d.,]+))? ?([^\s[]*)/.exec(text) ?? [];
  const scale = text.includes("/s") ? { M: 1e6, k: 1e3 }[unit[0]!] : undefined;
  const factor = scale ?? UNITS[unit.replace("/s", "")] ?? 1;
  const number = (digits: string) => Number(digits.replaceAll(",", "")) * factor;
  return [number(low!), number(high ?? low!)];
}

/** `8.21x [7.90, 8.60]`, `46 times native [40, 52]`, `+12.4 % [+10.1, +14.9]`, `2.31x [2.20, 2.44]` */
function ratioRange(text: string): { value: number; low: number; high: number } {
  const isPercent = text.includes(" %");
  const asRatio = (digits: string) =>
    isPercent ? 1 + Number(digits) / 100 : Number(digits.replaceAll(",", ""));
  const value = asRatio(/^[+-]?[\d.,]+/.exec(text)![0]);
  const bounds = /\[([+-]?[\d.,]+), ([+-]?[\d.,]+)\]/.exec(text);
  if (bounds === null) return { value, low: value, high: value };
  return { value, low: asRatio(bounds[1]!), high: asRatio(bounds[2]!) };
}

function contradicts({ ratio, over, of }: Together): boolean {
  const [first, second] = [valueRange(over), valueRange(of)];
  const { value, low, high } = ratioRange(ratio);
  const isRate = over.includes("/s");
  const [least, most] = isRate
    ? [first[0] / second[1], first[1] / second[0]]
    : [second[0] / first[1], second[1] / first[0]];
  // A factor of two digits, a percentage or bound of one decimal: half of the last digit.
  const digit = value < 0.1 || /^[\d.]*$/.test(ratio) ? 0.05 : 0.006;
  if (most < (low - digit) / ROUNDING || least > (high + digit) * ROUNDING) return true;
  const isSingle = !over.includes("…") && !of.includes("…");
  return isSingle && Math.max(least / value, value / least) > NEARLY * ROUNDING + digit / value;
}

function headlineOf({ performance }: ReportView): Together[] {
  const { text, tiles } = performance!.headline;
  const sentence = /costs ([\d.,]+ times native .+? \[.+?\]): (.+?) against (.+? [nµm]?s)/.exec(text);
  return [
    ...(sentence === null
      ? []
      : [{ where: "headline", ratio: sentence[1]!, of: sentence[2]!, over: sentence[3]! }]),
    ...tiles.flatMap(({ label, detail }) => {
      const found = /([\d.,]+x \[.+?\]) n=\d+; (.+) → (.+)/.exec(detail);
      return found === null
        ? []
        : [{ where: `box ${label}`, ratio: found[1]!, over: found[2]!, of: found[3]! }];
    }),
  ];
}

function laddersOf({ performance }: ReportView): Together[] {
  return performance!.ladders.flatMap(({ title, rungs }) =>
    rungs.flatMap((rung) => {
      const on = (configuration: string) =>
        rungs.find((other) => other.configuration === configuration)?.estimate?.text;
      return [rung.ratio, rung.step?.ratio ?? null].flatMap((ratio) => {
        const over = ratio && on(ratio.baseline);
        if (!ratio || !over) return [];
        return [
          { where: `ladder ${title}, ${rung.label}`, ratio: ratio.text, over, of: rung.estimate!.text },
        ];
      });
    }),
  );
}

/** The table under the ladder, whose rows also are the labels in the chart. */
function ladderLabels(view: ReportView): Together[] {
  const { ladder } = allCharts(view.performance!);
  const { values } = ladder!.spec.data as { values: { panel: string; name: string; label: string }[] };
  return values.flatMap(({ panel, name, label }) => {
    const native = values.find((one) => one.panel === panel && one.name === "native");
    const found = /^([\d.,]+x) · (.+)$/.exec(label);
    if (native === undefined || found === null || panel.includes("against")) return [];
    const rung = view.performance!.ladders.find(({ title }) => title === panel)!.rungs;
    const ratio = rung.find((one) => one.label === name)!.ratio!.text;
    return [{ where: `label ${panel}, ${name}`, ratio, over: native.label, of: found[2]! }];
  });
}

function heatmapsOf({ performance }: ReportView): Together[] {
  return allCharts(performance!).overhead.flatMap(({ id, numbers }) =>
    numbers.rows.flatMap(([op = "", native = "", ...cells]) =>
      cells.flatMap((cell) => {
        const found = /^([\d.,]+x \[[^\]]+\]) n=\d+ \((.+)\)$/.exec(cell);
        if (found === null || native === "" || op.includes("(against")) return [];
        return [{ where: `${id} ${op}`, ratio: found[1]!, over: native, of: found[2]! }];
      }),
    ),
  );
}

function verdictRows(head: readonly string[], rows: readonly string[][]): Together[] {
  const at = (row: readonly string[], ...names: string[]) =>
    row[head.findIndex((name) => names.includes(name))] ?? "";
  return rows.map((row) => {
    const [over = "", of = ""] = at(row, "a → b", "old → new").split(" → ");
    const ratio = `${at(row, "cost")} ${at(row, "95 % interval")}`;
    return { where: `${at(row, "metric")} ${at(row, "cell", "platform")}`, ratio, over, of };
  });
}

describe.each(SAMPLES)("%s: values and ratios that stand together agree", (name) => {
  let sample: StoredSample;
  let view: ReportView;
  beforeAll(() => {
    sample = storedSample(name);
    view = buildView(sample.manifest, sample.summary, sample.launches);
  }, 60_000);

  test("in the headline and its boxes", () => {
    expect(headlineOf(view).filter(contradicts)).toEqual([]);
  });

  test("on the ladder", () => {
    expect([...laddersOf(view), ...ladderLabels(view)].filter(contradicts)).toEqual([]);
  });

  test("in the tables of every operation", () => {
    const all = heatmapsOf(view);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(contradicts)).toEqual([]);
  });

  test("in the verdicts on a configuration against the baseline", () => {
    const { columns, groups } = view.performance!.matrices[0]!;
    const ratios = (at: number) =>
      groups.flatMap(({ rows }) => rows).filter(({ cells }) => cells[at]!.ratio).length;
    const fullest = columns.toSorted((a, b) => ratios(columns.indexOf(b)) - ratios(columns.indexOf(a)))[0]!;
    const options = { rules: RULES, floors: {} };
    const run = { label: name, ...sample };
    const comparison = compareConfigurations(run, view.baseline, fullest.configuration, options);
    const { rows, ungated } = verdictView(comparison, false);
    const table = tableOf([...Object.values(rows).flat(), ...ungated]);
    expect(table.rows.length).toBeGreaterThan(5);
    const together = verdictRows(table.head, table.rows).filter(({ ratio }) => !ratio.startsWith("no ratio"));
    expect(together.filter(contradicts)).toEqual([]);
  });
});

/** The front has levels, the changes above it ratios of them. */
test.each(["startup", "memory"] as const)("sample: what tune says of %s agrees with its levels", (goal) => {
  const { manifest, launches } = storedSample("sample");
  const costs = measuredCosts(manifest, launches);
  const ops = workOps(manifest);
  const candidates = candidatesOf(manifest, costs, () => []);
  const from = candidates.find(({ configuration }) => configuration.startsWith("runsc/systrap/net=none"))!;
  const { changes, combinations, front } = tune({
    manifest,
    costs,
    candidates,
    from,
    workload: { kind: "mix", ops, weights: equalWeights(ops) },
    rules: { goal, smallest: 0.02, alpha: 0.05, variants: [], waived: () => false },
  });
  const levelOf = (configuration: string) => {
    const row = front.find((one) => one.configuration === configuration)!;
    return goal === "startup" ? levelText(row.startupNs, "ns") : levelText(row.memoryBytes, "bytes");
  };
  const together = [...changes, ...combinations].map(({ configuration, estimate }) => ({
    where: configuration,
    ratio: estimateText(estimate),
    over: levelOf(from.configuration),
    of: levelOf(configuration),
  }));
  expect(together.length).toBeGreaterThan(2);
  expect(together.filter(contradicts)).toEqual([]);
});

/** Each claim by itself; the two sides of a ratio may stand in others. */
test("sample-article: a claim's ratio agrees with the values that other claims give", () => {
  const { manifest, summary, launches } = storedSample("sample-article");
  const { groups } = buildView(manifest, summary, launches).article!;
  const measured = groups
    .flatMap(({ claims }) => claims)
    .flatMap(({ decides, beside }) => [decides, ...beside])
    .flatMap((one) => (one?.measurement.missing === null ? [one.measurement] : []));
  const textOf = new Map(measured.map(({ formula, text }) => [formula, text]));
  const together = measured.flatMap(({ formula, text: ratio }): Together[] => {
    const [of, over] = formula.split(" ÷ ");
    const shown = / \((.+) ÷ (.+), a range is of launches that differ\)$/.exec(ratio);
    const values = shown?.slice(1) ?? [textOf.get(of!), textOf.get(over ?? "")];
    if (values.some((value) => value === undefined)) return [];
    return [{ where: formula, ratio, of: values[0]!, over: values[1]! }];
  });
  expect(together.length).toBeGreaterThan(3);
  expect(together.filter(contradicts)).toEqual([]);
});

test("sample-upgrade: what an upgrade changes agrees with its old and new values", () => {
  const sample = storedSample("sample-upgrade");
  const upgrades = upgradesOf({ label: "sample-upgrade", ...sample }, { rules: RULES, floors: {} });
  const rows = upgrades
    .map(upgradeView)
    .flatMap(({ sections }) => sections.flatMap(({ head, rows }) => verdictRows(head, rows)));
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter(contradicts)).toEqual([]);
});
