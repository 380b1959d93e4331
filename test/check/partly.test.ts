import { expect, test } from "vitest";
import { compareConfigurations, compareRuns } from "../../src/check/compare.ts";
import { renderComparison } from "../../src/report/comparison/render-comparison.ts";
import { interleaved, type Printed, stored } from "./printed-values.ts";
import { madeRun, NATIVE, RULES, RUNSC } from "./sides.ts";

const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);
const everyOther: Printed["a"] = Array.from({ length: 12 }, (_, round) => (round % 2 === 0 ? 100 : null));
const OPTIONS = { rules: RULES, floors: {}, unlike: [] };

test("a metric that every other launch of the new side lacks is missing, and the rest is compared", () => {
  for (const compare of [interleaved, stored]) {
    const { outcome, notCompared, metrics } = compare({ unit: "ns", a: times(12, 100), b: everyOther });
    expect(outcome).toBe("unclear");
    expect(metrics.map(({ metric }) => metric)).toContain("figure");
    expect(notCompared).toMatchObject([{ metric: "figure", unseen: true }]);
    expect(notCompared[0]!.reason).toContain(
      "6 of 12 launches of the new side lack it, 0 of 12 launches of the old one",
    );
  }
});

test("a metric that one launch of the new side lacks is warned of", () => {
  const { outcome, warnings } = interleaved({ unit: "ns", a: times(12, 100), b: [null, ...times(11, 100)] });
  expect(outcome).toBe("ok");
  expect(warnings.join()).toContain("::figure: 1 of 12 launches of the new side lacks it, 0 of 12 launches");
});

test("a metric that half the launches of the old side lacked has not been lost", () => {
  expect(interleaved({ unit: "ns", a: everyOther, b: times(12, 100) }).outcome).toBe("ok");
});

test("a glob is matched by what is compared alone, and every format says which one is not", () => {
  const old = madeRun({ label: "old", cells: [{ config: RUNSC }] });
  const fresh = madeRun({ label: "new", cells: [{ config: RUNSC, metrics: { getpid: 100, stat: 200 } }] });
  const rules = { ...RULES, metrics: [{ match: "*::stat", maxRegression: null, gate: true }] };
  const comparison = compareRuns(old, fresh, { ...OPTIONS, rules });
  const words = 'check.metrics: "*::stat" matches none of the metrics compared';
  expect(comparison.warnings).toEqual([words]);
  for (const format of ["terminal", "markdown", "github", "junit", "sarif", "json"] as const) {
    const text = renderComparison(comparison, format, { columns: 200 });
    expect(text.replaceAll(/[\\"]|&quot;/g, "")).toMatch(/check\.metrics: \*::stat[* ]*matches none/);
  }
});

test("a run compared with itself, and a configuration with itself, is said", () => {
  const run = madeRun({ label: "one", cells: [{ config: NATIVE }, { config: RUNSC }] });
  const id = "runsc/systrap/net=none/seccomp=none";
  expect(compareRuns(run, run, OPTIONS).warnings).toContain(
    "a and b are the same run, one: nothing can differ",
  );
  expect(compareConfigurations(run, id, id, OPTIONS).warnings).toContain(
    `a and b are the same configuration, ${id}: nothing can differ`,
  );
  const other = madeRun({ label: "two", cells: [{ config: NATIVE }, { config: RUNSC }] });
  expect(compareRuns(run, other, OPTIONS).warnings.join()).not.toContain("the same run");
});

test("a cell that neither side has figures of is told with the reason of each", () => {
  const old = madeRun({ label: "old", cells: [{ config: NATIVE }] });
  const fresh = madeRun({
    label: "new",
    cells: [{ config: NATIVE }, { config: RUNSC, status: "unavailable" }],
  });
  expect(compareRuns(old, fresh, OPTIONS).notCompared).toMatchObject([
    { reason: "on the old side: not in its plan; on the new one: it is unavailable" },
  ]);
});

test("the numbers of launches of the two runs are told apart", () => {
  const old = madeRun({ label: "old", cells: [{ config: RUNSC, rounds: 11 }] });
  const fresh = madeRun({ label: "new", cells: [{ config: RUNSC, rounds: 3 }] });
  const text = renderComparison(compareRuns(old, fresh, OPTIONS), "terminal", { columns: 300 });
  expect(text).toContain("Two runs, of 11 (a) and 3 (b) launches a cell");
});

test("values in a unit other than the old ones are not compared, also where the lists of metrics are the same", () => {
  const old = madeRun({ label: "old", cells: [{ config: RUNSC }] });
  const fresh = madeRun({ label: "new", cells: [{ config: RUNSC }] });
  for (const { ops } of old.launches) for (const op of ops) op.unit = "bytes";
  const { outcome, notCompared } = compareRuns(old, fresh, OPTIONS);
  expect(outcome).toBe("unclear");
  expect(notCompared).toMatchObject([
    { reason: "in bytes on the old side, in ns on the new one", unseen: true },
  ]);
});
