import { expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import type { OpSample } from "../../../src/samples/launch-record.ts";
import type { MetricMeta } from "../../../src/samples/metric-meta.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { many } from "../random-numbers.ts";
import { cell, failedLaunch, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../records.ts";

const VETH: Configuration = { sandbox: "unshare", platform: null, network: "sandbox", seccomp: "none" };
const VETH_ID = "unshare/net=sandbox/seccomp=none";

/** Overhead and warnings of the last cell's only metric. */
function compare(sides: [Configuration, OpSample[]][], declared: MetricMeta[], rounds = 8) {
  const run = manifest(
    sides.map(([config]) => cell(config, "syscalls")),
    { rounds, metrics: { syscalls: declared } },
  );
  const launches = sides.flatMap(([config, ops]) => many(rounds, (round) => launch(config, round, { ops })));
  const last = summarise(run, launches).cells.at(-1)!;
  return { overhead: last.metrics[0]?.overhead, warnings: last.warnings };
}

test("throughput is turned into cost: half of it costs twice", () => {
  const rate = (median: number) => [opSample("stream", { unit: "bytes/s", median })];
  const declared = [metricMeta("stream", { unit: "bytes/s", better: "higher" })];
  const { overhead } = compare(
    [
      [NATIVE, rate(100)],
      [RUNSC, rate(50)],
    ],
    declared,
  );
  expect(overhead?.ratio).toBeCloseTo(2, 12);
});

test("cheaper than the baseline is below 1, not clamped", () => {
  const { overhead } = compare(
    [
      [NATIVE, [opSample("a", { median: 10 })]],
      [RUNSC, [opSample("a", { median: 5 })]],
    ],
    [metricMeta("a")],
  );
  expect(overhead?.ratio).toBeCloseTo(0.5, 12);
});

test("what native cannot have is compared with unshare on the same wire, and says so", () => {
  const wire = (median: number) => [opSample("tcp-rr-veth", { median })];
  const sides: [Configuration, OpSample[]][] = [
    [NATIVE, []],
    [VETH, wire(10)],
    [{ ...RUNSC, network: "sandbox" }, wire(40)],
  ];
  const { overhead } = compare(sides, [metricMeta("tcp-rr-veth")]);
  expect(overhead).toMatchObject({ pairs: 8, baseline: VETH_ID });
  expect(overhead?.ratio).toBeCloseTo(4, 12);
  expect(compare(sides.slice(0, 2), [metricMeta("tcp-rr-veth")])).toEqual({ overhead: null, warnings: [] });
});

test("a failed baseline is not replaced by another one", () => {
  const run = manifest([NATIVE, VETH, RUNSC].map((config) => cell(config, "syscalls")));
  const launches = many(8, (round) => [
    failedLaunch(NATIVE, round, "it crashed"),
    launch(VETH, round, { ops: [opSample("getpid")] }),
    launch(RUNSC, round, { ops: [opSample("getpid")] }),
  ]).flat();
  expect(summarise(run, launches).cells[2]?.metrics[0]?.overhead).toBeNull();
});

test("zero has no ratio, and a warning says so", () => {
  const count = (median: number) => [opSample("lost", { unit: "count", median })];
  const { overhead, warnings } = compare(
    [
      [NATIVE, count(0)],
      [RUNSC, count(3)],
    ],
    [metricMeta("lost", { unit: "count" })],
  );
  expect(overhead).toBeNull();
  expect(warnings).toEqual(["lost: no overhead, since values of zero or less have no ratio"]);
});

test("no shared round has no ratio, and a warning says so", () => {
  const run = manifest([NATIVE, RUNSC].map((config) => cell(config, "syscalls")));
  const launches = many(8, (round) =>
    launch(round < 4 ? NATIVE : RUNSC, round, { ops: [opSample("getpid")] }),
  );
  const runsc = summarise(run, launches).cells[1];
  expect(runsc?.metrics[0]?.overhead).toBeNull();
  expect(runsc?.warnings.at(-1)).toContain("no round has both");
});

test("fewer than six pairs are unbounded", () => {
  const { overhead, warnings } = compare(
    [
      [NATIVE, [opSample("a")]],
      [RUNSC, [opSample("a")]],
    ],
    [metricMeta("a")],
    5,
  );
  expect(overhead).toMatchObject({ ratio: 1, ciLow: null, ciHigh: null, pairs: 5 });
  expect(warnings).toEqual(["few rounds: 5 launches (an interval needs 6)"]);
});
