import { expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { many } from "../random-numbers.ts";
import { cell, failedLaunch, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../records.ts";

const cells = [cell(NATIVE, "syscalls"), cell(RUNSC, "syscalls")];

function getpid(config: Configuration, round: number, median: number, parts: Partial<LaunchRecord> = {}) {
  return launch(config, round, { ops: [opSample("getpid", { median })], ...parts });
}

/** Native at 100 ns with a drift that both sides share; runsc twenty times dearer, give or take 1 %. */
const eightRounds = many(8, (round) => [
  getpid(NATIVE, round, 100 + 10 * round),
  getpid(RUNSC, round, (100 + 10 * round) * (20 + 0.05 * (round - 3.5))),
]).flat();

test("a run in full: medians, intervals and the ratio paired by round", () => {
  const summary = summarise(manifest(cells), eightRounds);
  const [native, runsc] = summary.cells;
  expect(native).toMatchObject({
    status: "measured",
    reason: null,
    launches: 8,
    failedLaunches: 0,
    warnings: [],
  });
  expect(native?.metrics[0]).toMatchObject({
    metric: "getpid",
    title: "getpid title",
    group: "system calls",
    launches: 8,
    median: 135,
    ciLow: 100,
    ciHigh: 170,
    overhead: null,
  });
  const overhead = runsc?.metrics[0]?.overhead;
  expect(overhead?.ratio).toBeCloseTo(20, 2);
  expect(overhead?.ciLow).toBeGreaterThan(19.8);
  expect(overhead?.ciHigh).toBeLessThan(20.2);
  expect(overhead).toMatchObject({ pairs: 8, baseline: "native/net=host/seccomp=none" });
  expect(runsc?.config.runscVersion).toBe("release-1");
  expect(native?.config.runscVersion).toBeNull();
});

test("the summary says of the run what the manifest says, and the harness's share of the time", () => {
  const summary = summarise(manifest(cells, { warnings: ["one"] }), eightRounds);
  expect(summary).toMatchObject({
    schema: "sbx-bench/summary@1",
    runId: "run-1",
    rounds: 8,
    host: { fingerprint: "f00d", fields: { "cpu.model": "any" }, notes: [] },
    warnings: ["one"],
  });
  expect(summary.harness.overheadShare).toBeCloseTo(0.02, 12);
  const never = summarise(manifest(cells, { harness: { wallMs: 0, launchMs: 0 } }), []);
  expect(never.harness.overheadShare).toBe(0);
});

test("it can be written as JSON and read back the same", () => {
  const summary = summarise(manifest(cells), eightRounds);
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
});

test("cells keep the manifest's order, also those that do not run, with their reason", () => {
  const plan = [
    cell(RUNSC, "syscalls", "unavailable"),
    cell(NATIVE, "syscalls"),
    cell(NATIVE, "cpu", "excluded"),
  ];
  const summary = summarise(manifest(plan), eightRounds);
  expect(summary.cells.map(({ cell: id }) => id)).toEqual(plan.map(({ id }) => id));
  expect(summary.cells.map(({ status, reason }) => [status, reason])).toEqual([
    ["unavailable", "it is unavailable"],
    ["measured", null],
    ["excluded", "it is excluded"],
  ]);
});

test("a planned cell without launches says that the run was interrupted", () => {
  const [native, runsc] = summarise(manifest(cells), [getpid(NATIVE, 0, 1)]).cells;
  expect(native?.status).toBe("measured");
  expect(runsc).toMatchObject({
    status: "failed",
    reason: "not launched: the run was interrupted",
    warnings: [],
    metrics: [],
  });
});

test("a cell in which every launch failed carries the first one's message, and the others go on", () => {
  const failures = many(8, (round) => failedLaunch(RUNSC, round, `it hung in round ${round}`));
  const natives = eightRounds.filter(({ cell: id }) => id.startsWith("native"));
  const [native, runsc] = summarise(manifest(cells), [...failures.reverse(), ...natives]).cells;
  expect(native?.status).toBe("measured");
  expect(runsc).toMatchObject({
    status: "failed",
    reason: "it hung in round 0",
    failedLaunches: 8,
    metrics: [],
  });
});

test("one failed launch in five is tolerated and told, two are not", () => {
  const good = many(4, (round) => getpid(RUNSC, round, 5));
  const one = summarise(manifest(cells, { rounds: 5 }), [...good, failedLaunch(RUNSC, 4, "it crashed")])
    .cells[1];
  expect(one?.status).toBe("measured");
  expect(one?.warnings).toContain("1 of 5 launches failed: it crashed");
  const two = summarise(manifest(cells), [
    ...good,
    failedLaunch(RUNSC, 4, "it crashed"),
    failedLaunch(RUNSC, 5, "again"),
  ]).cells[1];
  expect(two).toMatchObject({ status: "failed", reason: "it crashed", metrics: [] });
});

test("a failed cell keeps its figures from six good launches on", () => {
  const failures = many(3, (index) => failedLaunch(RUNSC, 6 + index, "it crashed"));
  const metricsWith = (good: number) => {
    const launches = many(good, (round) => getpid(RUNSC, round, 5));
    const summary = summarise(manifest(cells), [...launches, ...failures]).cells[1];
    expect(summary?.status).toBe("failed");
    return summary?.metrics.length;
  };
  expect(metricsWith(5)).toBe(0);
  expect(metricsWith(6)).toBe(1);
});

test("of two records for one round the later stands", () => {
  const launches = [failedLaunch(NATIVE, 0, "disk full"), getpid(NATIVE, 0, 7)];
  expect(summarise(manifest(cells), launches).cells[0]).toMatchObject({
    status: "measured",
    launches: 1,
    failedLaunches: 0,
  });
});

test("checks are counted over all launches, skips told once", () => {
  const check = (ok: boolean) => ({ name: "counter", ok, expected: "10", actual: ok ? "10" : "9" });
  const skips = [{ op: "epoll", reason: "not here" }];
  const launches = [
    ...many(7, (round) => getpid(NATIVE, round, 1, { checks: [check(true)], skips })),
    { ...failedLaunch(NATIVE, 7, "counter is 9, not 10"), checks: [check(false)] },
  ];
  const [native] = summarise(manifest(cells), launches).cells;
  expect(native?.checks).toEqual([{ name: "counter", held: 7, of: 8 }]);
  expect(native?.skips).toEqual(skips);
});

test("an empty run is a summary too", () => {
  expect(summarise(manifest([]), []).cells).toEqual([]);
});

test("launches of a cell that the manifest does not know are left out", () => {
  expect(summarise(manifest([cells[0]!]), eightRounds).cells).toHaveLength(1);
});

test("a scenario under another name has the metrics of that name", () => {
  const metrics = { "syscalls-slow": [metricMeta("getpid", { title: "slow getpid" })] };
  const launches = many(8, (round) => ({
    ...getpid(NATIVE, round, 1),
    cell: "native/net=host/seccomp=none::syscalls-slow",
  }));
  const [native] = summarise(manifest([cell(NATIVE, "syscalls-slow")], { metrics }), launches).cells;
  expect(native?.metrics[0]?.title).toBe("slow getpid");
});
