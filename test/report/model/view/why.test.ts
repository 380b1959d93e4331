import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../../src/axes/configuration.ts";
import type { FittedOp } from "../../../../src/model/cost-model.ts";
import type { CostReport } from "../../../../src/model/cost-report.ts";
import { modelView } from "../../../../src/report/model/view/model.ts";
import { operationRows } from "../../../../src/report/model/view/why-rows.ts";
import { madeCell, madeModel } from "../../../model/made-model.ts";
import { SYSTRAP } from "../../../model/made-observations.ts";
import { fixture } from "../../fixture.ts";

const { manifest } = fixture({ rounds: 2, scenarios: ["syscalls"], sandboxes: ["native"] });
const FILTERED: Configuration = { ...SYSTRAP, seccomp: "default" };
const report = (parts: Partial<CostReport> = {}): CostReport => ({
  model: madeModel([
    { config: FILTERED, without: (scenario) => scenario === "files" || scenario === "cpu" },
    { config: SYSTRAP },
  ]),
  trust: new Map(),
  cells: [],
  programs: [],
  ...parts,
});
const view = modelView(report(), manifest, "runsc/systrap/net=none/seccomp=none");
const [plain, filtered] = view.why!.configurations as [
  NonNullable<typeof view.why>["configurations"][number],
  NonNullable<typeof view.why>["configurations"][number],
];

test("the page begins with the configuration that the report speaks of", () => {
  expect(view.why!.configurations[view.why!.chosen]!.label).toBe("runsc systrap · net none");
  expect(modelView(report(), manifest, "gone").why!.chosen).toBe(0);
});

test("every cost has its interval and its rounds", () => {
  for (const { text } of plain.costs) expect(text).toMatch(/^-?[\d.,]+ (ns|µs|ms) \[.+, .+\] n=11$/);
});

test("terms of single bytes are shown by the KiB", () => {
  expect(plain.costs.find(({ term }) => term === "byte")).toMatchObject({ per: "KiB" });
});

describe("terms without a cost of their own", () => {
  test("are none where all was measured", () => {
    expect(plain.gaps).toEqual([]);
    expect(plain.command).toBeNull();
  });

  test("are named with the scenario that measures them, and the command", () => {
    expect(filtered.gaps).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Computation .*scenario cpu does\.$/)]),
    );
    expect(filtered.command).toBe(
      "sbx-bench run --preset model --cells 'runsc/systrap/net=none/seccomp=default::*' 'native/*::*'",
    );
  });

  test("those that are hardly told apart are marked in the table", () => {
    expect(filtered.costs.find(({ term }) => term === "byte")?.isEntangled).toBe(true);
    expect(filtered.gaps.at(-1)).toMatch(/hardly tell these from one another/);
  });
});

describe("stacks", () => {
  const op = (parts: Partial<FittedOp>): FittedOp => ({
    scenario: "syscalls",
    metric: "made",
    measuredNs: 3000,
    measuredLowNs: 2900,
    measuredHighNs: 3100,
    modelledNs: 3000,
    parts: [],
    ...parts,
  });
  const rowsOf = (ops: FittedOp[], entangled: Parameters<typeof operationRows>[1] = []) =>
    operationRows(ops, entangled, ({ metric }) => metric);

  test("pile up from 0 in the order of the terms, what is cheaper to the left", () => {
    const parts = [
      { term: "fault", ns: 1000 },
      { term: "wake", ns: -500 },
      { term: "trap", ns: 2500 },
    ] as const;
    const [row] = rowsOf([op({ parts: [...parts] })]);
    expect(row!.segments).toEqual([
      { term: "trap", group: "interception", from: 0, to: 2500 },
      { term: "fault", group: "memory", from: 2500, to: 3500 },
      { term: "wake", group: "waiting", from: 0, to: -500 },
    ]);
  });

  test("show terms that are hardly told apart as one", () => {
    const parts = [
      { term: "memory-io", ns: 7000 },
      { term: "byte", ns: -6800 },
      { term: "trap", ns: 2700 },
    ] as const;
    const [row] = rowsOf([op({ parts: [...parts] })], ["memory-io", "byte"]);
    expect(row!.segments.at(-1)).toEqual({ term: null, group: null, from: 2700, to: 2900 });
  });

  test("of a size share a panel, the smallest first", () => {
    const rows = rowsOf([
      op({ metric: "slow", measuredNs: 2e6, measuredHighNs: 2e6 }),
      op({ metric: "fast", measuredNs: 400, measuredLowNs: 390, measuredHighNs: 420 }),
      op({ metric: "middle" }),
    ]);
    expect(rows.map(({ title, panel }) => [title, panel])).toEqual([
      ["fast", "100 ns to 1 µs"],
      ["middle", "1 µs to 10 µs"],
      ["slow", "1 ms to 10 ms"],
    ]);
  });

  test("an interval counts for the panel: it has one axis", () => {
    const [row] = rowsOf([op({ measuredLowNs: -600_000 })]);
    expect(row!.panel).toBe("100 µs to 1 ms");
  });
});

describe("predicted against measured", () => {
  test("is left out without programs", () => {
    expect(view.validation).toBeNull();
  });

  test("has the worst first, and says how far off over how many", () => {
    const cells = [madeCell("near", { predicted: 2.1 }), madeCell("far", { predicted: 4.4 })];
    const { validation } = modelView(report({ cells }), manifest, null);
    expect(validation!.cells.map(({ program }) => program)).toEqual(["far", "near"]);
    expect(validation!.lead).toContain("2 cells of 2 programs");
  });

  test("is shown, too, where the run itself could not be fitted", () => {
    const found = modelView(report({ model: null, cells: [madeCell("gzip")] }), manifest, null);
    expect(found.why).toBeNull();
    expect(found.whatIf).toBeNull();
    expect(found.validation).not.toBeNull();
  });
});
