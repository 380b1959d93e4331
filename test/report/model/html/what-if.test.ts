import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { predictionInterval } from "../../../../src/model/conformal.ts";
import type { CostReport } from "../../../../src/model/cost-report.ts";
import { predictTime } from "../../../../src/model/predict-time.ts";
import { NO_CORRECTIONS } from "../../../../src/model/term-groups.ts";
import type { Demand } from "../../../../src/model/terms.ts";
import type { WhatIfInputId } from "../../../../src/model/what-if.ts";
import type { WhatIfConfiguration, WhatIfView } from "../../../../src/report/model/view/model-view.ts";
import { whatIf } from "../../../../src/report/model/view/what-if.ts";
import { madeModel } from "../../../model/made-model.ts";
import { SYSTRAP } from "../../../model/made-observations.ts";

type Values = Record<string, number>;
type Result = {
  slowdown: number;
  low: number;
  high: number;
  mostly: { term: string; share: number };
  missing: string[];
};
type PageModel = {
  resultOf(values: Values, configuration: WhatIfConfiguration): Result;
  remarkOf(values: Values): string;
};

const script = readFileSync(
  new URL("../../../../src/report/model/html/what-if.client.js", import.meta.url),
  "utf8",
);
const whatIfModel: (view: WhatIfView) => PageModel = runInNewContext(`${script}\nwhatIfModel;`);

const model = madeModel();
const report: CostReport = { model, trust: new Map(), cells: [], programs: [] };
const view = whatIf(model, report);
const page = whatIfModel(view);
const [systrap] = view.configurations as [WhatIfConfiguration];

function values(given: Partial<Record<WhatIfInputId, number>>): Values {
  const none = Object.fromEntries(view.inputs.map(({ id }) => [id, id === "threads" ? 1 : 0]));
  return { ...none, ...given };
}

function expected(demand: Demand, overlap = 1): number {
  return predictTime(1e9, { demand, overlap }, model.configurations[0]!, NO_CORRECTIONS).slowdown;
}

describe("the page computes as `predict` does", () => {
  test("calls and faults", () => {
    const found = page.resultOf(values({ calls: 50_000, faults: 20_000 }), systrap);
    expect(found.slowdown).toBeCloseTo(expected({ trap: 50_000, fault: 20_000 }), 3);
  });

  test("bytes go with the reads that move them", () => {
    const found = page.resultOf(values({ calls: 30_000, reads: 30_000, readSize: 64 }), systrap);
    const demand = { trap: 30_000, "file-io": 30_000, byte: 30_000 * 64 * 1024 };
    expect(found.slowdown).toBeCloseTo(expected(demand), 2);
  });

  test("the share that systrap can patch is taken from the other calls", () => {
    const found = page.resultOf(values({ calls: 50_000, patchable: 40 }), systrap);
    expect(found.slowdown).toBeCloseTo(expected({ trap: 30_000, "patched-trap": 20_000 }), 3);
  });

  test("think time counts from 14 µs on", () => {
    const short = page.resultOf(values({ calls: 10_000, think: 14 }), systrap);
    const long = page.resultOf(values({ calls: 10_000, think: 15 }), systrap);
    expect(short.slowdown).toBeCloseTo(expected({ trap: 10_000 }), 3);
    expect(long.slowdown).toBeCloseTo(expected({ trap: 10_000, "paused-trap": 10_000 }), 3);
    expect(long.mostly.term).toBe("paused-trap");
  });

  test("a call after a sleep costs as much, but no more calls than there are", () => {
    const some = page.resultOf(values({ calls: 10_000, wakes: 2000 }), systrap);
    expect(some.slowdown).toBeCloseTo(expected({ trap: 10_000, wake: 2000, "paused-trap": 2000 }), 3);
    const many = page.resultOf(values({ calls: 1000, think: 15, wakes: 2000 }), systrap);
    expect(many.slowdown).toBeCloseTo(expected({ trap: 1000, wake: 2000, "paused-trap": 1000 }), 3);
  });

  test("wakes have a number where no operation after a pause was measured, think time has none", () => {
    const place = systrap.terms.indexOf("paused-trap");
    const without = {
      ...systrap,
      terms: systrap.terms.toSpliced(place, 1),
      costs: systrap.costs.toSpliced(place, 1),
      draws: systrap.draws.map((draw) => draw.toSpliced(place, 1)),
    };
    const found = page.resultOf(values({ calls: 10_000, wakes: 2000 }), without);
    expect(found.slowdown).toBeCloseTo(expected({ trap: 10_000, wake: 2000 }), 3);
    expect(page.resultOf(values({ calls: 10_000, think: 15 }), without).missing).toEqual(["paused-trap"]);
  });

  test("threads beyond what the CPUs serve share no further, and meet the other side asleep", () => {
    const crowded = { ...systrap, mostOverlap: 1.25 };
    const found = page.resultOf(values({ calls: 80_000, threads: 2 }), crowded);
    const member = { ...model.configurations[0]!, mostOverlap: 1.25 };
    const asPredicted = predictTime(1e9, { demand: { trap: 80_000 }, overlap: 2 }, member, NO_CORRECTIONS);
    expect(found.slowdown).toBeCloseTo(asPredicted.slowdown, 3);
  });

  test("threads share the cost of calls, and each of them computes", () => {
    const found = page.resultOf(values({ calls: 80_000, computing: 50, threads: 4 }), systrap);
    expect(found.slowdown).toBeCloseTo(expected({ trap: 80_000, compute: 2e9 }, 4), 3);
  });
});

test("the interval holds the slowdown, and widens with what is asked for", () => {
  const few = page.resultOf(values({ calls: 1000 }), systrap);
  const many = page.resultOf(values({ calls: 100_000 }), systrap);
  for (const { low, slowdown, high } of [few, many]) {
    expect(low).toBeLessThan(slowdown);
    expect(high).toBeGreaterThan(slowdown);
  }
  expect(many.high - many.low).toBeGreaterThan(10 * (few.high - few.low));
});

test("with programs in the run the interval is that of their errors, and costs are corrected", () => {
  const scores = Array.from({ length: 12 }, (_, index) => 0.1 * (index + 1));
  const corrections = { ...NO_CORRECTIONS, interception: 1.5 };
  const trusted = whatIf(model, {
    ...report,
    trust: new Map([["runsc/systrap", { corrections, errorBound: 1.2, cells: 12 }]]),
  });
  const found = whatIfModel(trusted).resultOf(values({ calls: 40_000 }), trusted.configurations[0]!);
  const slowdown = predictTime(
    1e9,
    { demand: { trap: 40_000 }, overlap: 1 },
    model.configurations[0]!,
    corrections,
  ).slowdown;
  expect(found.slowdown).toBeCloseTo(slowdown, 3);
  expect(trusted.configurations[0]!.n).toBe(12);
  const interval = predictionInterval(found.slowdown, scores)!;
  expect(found.low).toBeCloseTo(interval.low, 6);
  expect(found.high).toBeCloseTo(interval.high, 6);
});

test("a term that the run has not measured gives no number, and is named", () => {
  const without = (scenario: string) => scenario === "network";
  const partial = whatIf(madeModel([{ config: SYSTRAP, without }]), report);
  const found = whatIfModel(partial).resultOf(
    values({ calls: 1000, messages: 10, messageSize: 1 }),
    partial.configurations[0]!,
  );
  expect(found).toEqual({ missing: ["message", "net-byte"] });
});

test("terms that are hardly told apart give no number", () => {
  const without = (scenario: string) => scenario === "files";
  const partial = whatIf(madeModel([{ config: SYSTRAP, without }]), report);
  expect(partial.configurations[0]!.terms).not.toContain("byte");
  expect(partial.configurations[0]!.terms).toContain("trap");
});

describe("numbers that don't go together", () => {
  test("reads are calls, too: at least so many are counted", () => {
    const given = values({ reads: 5000, opens: 100 });
    expect(page.remarkOf(given)).toContain("need 5,300 system calls a second");
    expect(page.resultOf(given, systrap).slowdown).toBeCloseTo(
      expected({ trap: 5300, "file-io": 5000, open: 100 }),
      2,
    );
  });

  test("more think time than there is in a second is pointed out", () => {
    expect(page.remarkOf(values({ calls: 10_000, think: 300 }))).toContain("3.0 s of every second");
    expect(page.remarkOf(values({ calls: 10_000, think: 50 }))).toBe("");
  });
});
