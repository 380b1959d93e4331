import { expect, test } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { MetricMeta } from "../../src/samples/metric-meta.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { many } from "./random-numbers.ts";
import { cell, launch, manifest, metricMeta, NATIVE, opSample } from "./records.ts";

/** Metrics of a native cell with the same launch in every round. */
function metricsOf(parts: Partial<LaunchRecord>, declared: MetricMeta[], rounds = 8) {
  const run = manifest([cell(NATIVE, "syscalls")], { rounds, metrics: { syscalls: declared } });
  const launches = many(rounds, (round) => launch(NATIVE, round, parts));
  return summarise(run, launches).cells[0]!.metrics;
}

test("metrics come in the declared order; undeclared ones last, by their own name", () => {
  const ops = [opSample("b"), opSample("own", { unit: "1/s" }), opSample("a")];
  const metrics = metricsOf({ ops }, [metricMeta("a"), metricMeta("missing"), metricMeta("b")]);
  expect(metrics.map(({ metric }) => metric)).toEqual(["a", "b", "own"]);
  expect(metrics[2]).toMatchObject({ title: "own", unit: "1/s", better: "higher", group: "other" });
});

test("values are metrics with one figure a launch", () => {
  const values = [{ name: "rss", unit: "bytes" as const, value: 4096 }];
  expect(metricsOf({ values }, [metricMeta("rss", { unit: "bytes" })])[0]).toMatchObject({
    metric: "rss",
    unit: "bytes",
    median: 4096,
    samples: 0,
    p50: null,
    modes: [],
  });
});

test("start-up phases are taken where the scenario lists them", () => {
  const declared = ["ready", "exit", "cleanup", "total"].map((metric) => metricMeta(metric));
  const medians = metricsOf({}, declared).map(({ metric, median }) => [metric, median]);
  expect(medians).toEqual([
    ["ready", 10],
    ["exit", 1000],
    ["cleanup", 10_000],
    ["total", 11_110],
  ]);
  expect(metricsOf({}, [])).toEqual([]);
});

test("a phase that was not reached makes no figure, nor a total", () => {
  const phases = { prepareNs: 1, readyNs: 10, workNs: 100, exitNs: null, cleanupNs: 5 };
  const declared = ["ready", "exit", "total"].map((metric) => metricMeta(metric));
  expect(metricsOf({ phases }, declared).map(({ metric }) => metric)).toEqual(["ready"]);
});

test("memory at a mark is taken where the scenario lists it and the host says it", () => {
  const sample = {
    mark: "loaded",
    pssBytes: 100,
    rssBytes: 200,
    processes: 3,
    cgroupBytes: 300,
    cgroupShmemBytes: null,
    cgroupAnonBytes: null,
  };
  const names = ["pss@loaded", "cgroup@loaded", "cgroup-shmem@loaded", "pss@other", "odd@loaded"];
  const declared = names.map((metric) => metricMeta(metric, { unit: "bytes" }));
  const medians = metricsOf({ memory: [sample] }, declared).map(({ metric, median }) => [metric, median]);
  expect(medians).toEqual([
    ["pss@loaded", 100],
    ["cgroup@loaded", 300],
  ]);
});

test("an operation may be called like a phase, and then wins", () => {
  const metrics = metricsOf({ ops: [opSample("exit", { median: 7 })] }, [metricMeta("exit")]);
  expect(metrics[0]?.median).toBe(7);
});

test("quantiles stand with their intervals over launches, beside the number of calls", () => {
  const op = opSample("a", { histogram: [[10, 300]], p50: 10, p90: 20, p99: 30 });
  const [metric] = metricsOf({ ops: [op] }, [metricMeta("a")]);
  expect(metric).toMatchObject({ samples: 2400, p50: 10, p90: 20, p99: 30 });
  expect(metric?.quantiles.p99).toEqual({ value: 30, ciLow: 30, ciHigh: 30, launches: 8 });
});

test("two clusters of calls are two modes", () => {
  const op = opSample("a", {
    histogram: [
      [5500, 200],
      [5600, 200],
      [18_000, 400],
    ],
  });
  const [metric] = metricsOf({ ops: [op] }, [metricMeta("a")]);
  expect(metric?.modes.map(({ share }) => share)).toEqual([0.5, 0.5]);
});

test("fewer than six launches have a median without an interval", () => {
  const [metric] = metricsOf({ ops: [opSample("a", { median: 3 })] }, [metricMeta("a")], 5);
  expect(metric).toMatchObject({ launches: 5, median: 3, ciLow: null, ciHigh: null });
});

test("a figure that is no number counts as not taken", () => {
  const values = [{ name: "odd", unit: "count" as const, value: Number.NaN }];
  expect(metricsOf({ values, ops: [opSample("a", { median: Number.NaN })] }, [metricMeta("a")])).toEqual([]);
});

test.each([1e308, 1e155, -1e300])("a value that no counter can have, %d, counts as not taken", (value) => {
  const run = manifest([cell(NATIVE, "syscalls")], {
    rounds: 8,
    metrics: { syscalls: [metricMeta("getpid")] },
  });
  const launches = many(8, (round) =>
    launch(NATIVE, round, {
      ops: [opSample("getpid", round === 3 ? { median: value, batches: many(40, () => value) } : {})],
    }),
  );
  const [metric] = summarise(run, launches).cells[0]!.metrics;
  expect(metric?.launches).toBe(7);
  expect(metric?.median).toBeLessThan(1e9);
});
