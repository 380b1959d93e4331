import { expect, test } from "vitest";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { reduceLaunches } from "../../src/store/reduce-launch.ts";
import { fixture } from "../report/fixture.ts";
import { launch, opSample, RUNSC } from "../stats/records.ts";
import { getpidLaunch, twoCells } from "./stored.ts";

test("every median and interval is the same after reduction", () => {
  const { manifest, launches, summary } = fixture({ rounds: 6 });
  const figures = (of: typeof summary) =>
    of.cells.flatMap(({ cell, status, metrics }) =>
      metrics.map(({ metric, median, ciLow, ciHigh, overhead }) => ({
        cell,
        status,
        metric,
        median,
        ciLow,
        ciHigh,
        overhead,
      })),
    );
  const reduced = figures(summarise(manifest, reduceLaunches(manifest, launches)));
  const full = figures(summary);
  expect(reduced).toHaveLength(full.length);
  for (const [index, { median, ...rest }] of full.entries()) {
    expect(reduced[index]!.median / median).toBeCloseTo(1, 9);
    expect(reduced[index]!.overhead?.ciLow ?? 1).toBeCloseTo(rest.overhead?.ciLow ?? 1, 6);
    expect(reduced[index]).toMatchObject({ cell: rest.cell, metric: rest.metric, status: rest.status });
  }
});

test("an operation keeps its value after warm-up and five blocks of its settled batches", () => {
  const [reduced] = reduceLaunches(twoCells(), [getpidLaunch(0, 100)]);
  expect(reduced?.ops).toMatchObject([{ op: "getpid", unit: "ns", median: 100.02, histogram: [] }]);
  expect(reduced?.ops[0]?.batches).toHaveLength(5);
  for (const block of reduced?.ops[0]?.batches ?? []) expect(block).toBeCloseTo(100.02, 1);
});

test("declared host metrics become values, others are dropped", () => {
  const [reduced] = reduceLaunches(twoCells(), [getpidLaunch(0, 100)]);
  expect(reduced?.values).toEqual([{ name: "ready", unit: "ns", value: 10 }]);
});

test("a value that is not finite is not kept", () => {
  const record = launch(RUNSC, 0, {
    ops: [opSample("getpid", { median: Number.NaN })],
    values: [{ name: "lost", unit: "count", value: Number.POSITIVE_INFINITY }],
  });
  const [reduced] = reduceLaunches(twoCells(), [record]);
  expect(reduced?.ops).toEqual([]);
  expect(reduced?.values.map(({ name }) => name)).toEqual(["ready"]);
});

test("what is reduced is not reduced further", () => {
  const once = reduceLaunches(twoCells(), [getpidLaunch(0, 100)]);
  expect(reduceLaunches(twoCells(), once)).toEqual(once);
});

test("of a failure the reason is kept, and nothing of the output", () => {
  const { manifest, launches } = fixture({ rounds: 1 });
  const failed = launches.find(({ failure }) => failure !== null)!;
  const much = { ...failed, failure: { ...failed.failure!, stdoutHead: "much", stderrHead: "more" } };
  const [reduced] = reduceLaunches(manifest, [much]);
  expect(reduced?.failure).toEqual({ ...failed.failure, stdoutTail: "", stderrTail: "" });
});
