import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { cacheDir } from "../../src/base/cache-folder.ts";
import { readManifest } from "../../src/run/run-folder.ts";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { FakeFault } from "../../src/sandbox/fake.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { useOwnCache } from "./own-cache.ts";
import { type FakeRun, runFake } from "./pipeline.ts";

useOwnCache();
const folder = mkdtempSync(join(tmpdir(), "sbx-pipeline-"));
afterAll(() => rmSync(folder, { recursive: true }));

let out = "";
let number = 0;
beforeEach(() => {
  number += 1;
  out = join(folder, String(number));
});

const FAULTY = "fake/net=host/seccomp=none::syscalls";
const summaryOf = ({ manifest, launches }: FakeRun) => summarise(manifest, launches);
const order = (launches: readonly LaunchRecord[]) => launches.map(({ round, cell }) => `${round} ${cell}`);
/** What the program said; times of the host are the host's. */
const said = (launches: readonly LaunchRecord[]) =>
  launches.map(({ cell, round, position, ops }) => ({ cell, round, position, ops }));

describe("a run", () => {
  test("launches every planned cell once a round and keeps every record", async () => {
    const { manifest, launches, dir, finished } = await runFake({ out });
    expect(finished).toBe(true);
    expect(launches).toHaveLength(3 * 4);
    expect(new Set(order(launches)).size).toBe(12);
    expect(readLaunchLog(join(dir, "launches.ndjson"))).toEqual({ records: launches, bad: [] });
    expect(readManifest(dir)).toEqual(manifest);
    expect(manifest.endedAt).not.toBeNull();
  });

  test("measures every metric that the scenario prints, with a status for every cell", async () => {
    const run = await runFake({ out });
    const { cells } = summaryOf(run);
    expect(cells.map((cell) => cell.status)).toEqual(["measured", "measured", "measured"]);
    expect(cells[0]?.metrics.map((metric) => metric.metric)).toEqual(
      run.manifest.metrics.syscalls?.map((meta) => meta.metric),
    );
  });

  test("is the same again with the same seed, to the last figure", async () => {
    const [first, second] = [await runFake({ out }), await runFake({ out: `${out}-again` })];
    expect(said(first.launches)).toEqual(said(second.launches));
    const figures = (run: FakeRun) => summaryOf(run).cells.map((cell) => cell.metrics);
    expect(figures(first)).toEqual(figures(second));
  });

  test("is another one with another seed", async () => {
    const [first, second] = [
      await runFake({ out }),
      await runFake({ out: `${out}-2`, config: { seed: "2" } }),
    ];
    expect(order(first.launches)).not.toEqual(order(second.launches));
    expect(said(first.launches)).not.toEqual(said(second.launches));
  });

  test("leaves nothing in the cache but what it learned", async () => {
    await runFake({ out });
    expect(readdirSync(cacheDir("ledger"))).toEqual([]);
    expect(readdirSync(cacheDir("scratch"))).toEqual([]);
  });

  test("changes neither its configuration nor what was read of its manifest", async () => {
    // Both are frozen, and the quarantine stands in the manifest all the same.
    const faults = [{ cells: "*", kind: "hang-at-start" as const }];
    const run = await runFake({ out, faults, config: { rounds: 2, seed: "7" } });
    expect(run.manifest.quarantined).toHaveLength(1);
    expect(run.manifest.config).toMatchObject({ rounds: 2, seed: "7" });
    expect(Object.isFrozen(run.manifest.config)).toBe(true);
  });

  test("tells its watcher the start, every launch and the end", async () => {
    const { events } = await runFake({ out });
    const types = events.map((event) => event.type);
    expect(types[0]).toBe("start");
    expect(types.at(-1)).toBe("end");
    expect(types.filter((type) => type === "launched")).toHaveLength(12);
    expect(events.findLast((event) => event.type === "launched")).toMatchObject({ done: 12, of: 12 });
  });
});

describe("faults", () => {
  test.each<[FakeFault["kind"], RegExp]>([
    ["hang", /no end within 0.3 s \(after its first line\); killed/],
    ["crash", /ended with exit code 2: panic: scripted crash/],
    ["garbage", /not a JSON line: this is no protocol line/],
    ["flood", /printed more than 0.5 MiB and was killed/],
    ["early-exit", /did not print its last line/],
    ["check", /check scripted failed: expected 1, got 0/],
  ])(
    "%s: exactly that cell failed, with the evidence, and the others are measured",
    async (kind, message) => {
      const run = await runFake({ out, faults: [{ cells: FAULTY, kind }] });
      const { cells } = summaryOf(run);
      const failed = cells.filter((cell) => cell.status === "failed");
      expect(failed.map((cell) => cell.cell)).toEqual([FAULTY]);
      expect(failed[0]?.reason).toMatch(message);
      expect(cells.filter((cell) => cell.status === "measured" && cell.launches === 4)).toHaveLength(2);
      const evidence = run.launches.find((launch) => launch.cell === FAULTY)?.failure;
      expect(evidence?.kind).toBe(kind);
      expect(evidence?.message).toMatch(message);
      expect(evidence?.stdoutTail).not.toBe("");
    },
  );

  test("one bad launch of many is counted, and the cell is still measured", async () => {
    const faults = [{ cells: FAULTY, kind: "crash" as const, rounds: [1] }];
    const run = await runFake({ out, faults, config: { rounds: 8 } });
    const cell = summaryOf(run).cells.find((one) => one.cell === FAULTY);
    expect(cell).toMatchObject({ status: "measured", launches: 7, failedLaunches: 1 });
    expect(cell?.metrics[0]?.launches).toBe(7);
  });

  test("a cell that keeps failing is given up, and that is said", async () => {
    const { launches, events } = await runFake({
      out,
      config: { rounds: 10 },
      faults: [{ cells: FAULTY, kind: "crash" }],
    });
    expect(launches.filter((launch) => launch.cell === FAULTY)).toHaveLength(3);
    expect(launches).toHaveLength(3 + 2 * 10);
    expect(events.filter((event) => event.type === "quarantined")).toMatchObject([{ cell: FAULTY }]);
  });

  test("a hanging cell is given up after two", async () => {
    const { launches } = await runFake({
      out,
      config: { rounds: 5 },
      faults: [{ cells: FAULTY, kind: "hang" }],
    });
    expect(launches.filter((launch) => launch.cell === FAULTY)).toHaveLength(2);
  });
});

describe("a sandbox that stops starting in mid-run", () => {
  const faults = [{ cells: "*", kind: "hang-at-start" as const, rounds: [2, 3, 4] }];

  test("is launched no more after two hangs, and the run ends in order", async () => {
    const run = await runFake({ out, config: { rounds: 5 }, faults });
    expect(run.launches).toHaveLength(2 * 3 + 2);
    expect(run.finished).toBe(true);
    expect(run.events.filter((event) => event.type === "stopped-starting")).toMatchObject([
      { entry: { what: "fake", round: 2, goodLaunches: 6 } },
    ]);
  });

  test("is kept with the evidence in the manifest, the summary and its warnings", async () => {
    const run = await runFake({ out, config: { rounds: 5 }, faults });
    const [entry] = readManifest(run.dir).quarantined ?? [];
    expect(entry?.cells).toHaveLength(3);
    expect(entry?.reason).toMatch(/^fake stopped starting after 6 good launches\. fake\/net=.*no end within/);
    const summary = summaryOf(run);
    expect(summary.quarantined).toEqual([entry]);
    expect(summary.warnings).toContain(`quarantined: ${entry?.reason}`);
  });

  test("a cell that was never launched says why", async () => {
    const always = [{ cells: "*", kind: "hang-at-start" as const }];
    const run = await runFake({ out, config: { rounds: 2 }, faults: always });
    const idle = summaryOf(run).cells.find((cell) => cell.launches + cell.failedLaunches === 0);
    expect(idle).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/^not launched: fake stopped starting after 0 good launches/),
    });
  });

  test("gets another chance when the run is resumed", async () => {
    const config = { rounds: 5 };
    const broken = await runFake({ out, config, faults, stopAfter: 8 });
    const resumed = await runFake({ out, config, resume: readManifest(broken.dir) });
    expect(resumed.finished).toBe(true);
    expect(resumed.launches).toHaveLength(3 * 5);
  });
});

describe("a run that was interrupted", () => {
  test("keeps what ended, and says that it did not finish", async () => {
    const { launches, finished, dir, manifest } = await runFake({ out, stopAfter: 5 });
    expect(finished).toBe(false);
    expect(manifest.endedAt).toBeNull();
    expect(readLaunchLog(join(dir, "launches.ndjson")).records).toHaveLength(5);
    expect(launches).toHaveLength(5);
  });

  test.each([1, 3, 5, 11])(
    "after %i launches is resumed to the same run as one without a break",
    async (stopAfter) => {
      const whole = await runFake({ out });
      const broken = await runFake({ out: `${out}-b`, stopAfter });
      const resumed = await runFake({ out: `${out}-b`, resume: readManifest(broken.dir) });
      expect(resumed.finished).toBe(true);
      expect(said(resumed.launches)).toEqual(said(whole.launches));
    },
  );

  test("with a line cut off is resumed without it: that launch is made again", async () => {
    const whole = await runFake({ out });
    const broken = await runFake({ out: `${out}-b`, stopAfter: 4 });
    const log = join(broken.dir, "launches.ndjson");
    appendFileSync(
      log,
      readFileSync(join(whole.dir, "launches.ndjson"), "utf8").split("\n")[4]!.slice(0, -9),
    );
    const resumed = await runFake({ out: `${out}-b`, resume: readManifest(broken.dir) });
    expect(said(resumed.launches)).toEqual(said(whole.launches));
    expect(readLaunchLog(log).bad).toEqual([]);
  });

  test("knows on resuming which cells were given up", async () => {
    const faults = [{ cells: FAULTY, kind: "crash" as const }];
    const config = { rounds: 8 };
    const broken = await runFake({ out, config, faults, stopAfter: 15 });
    const resumed = await runFake({ out, config, faults, resume: readManifest(broken.dir) });
    expect(resumed.launches.filter((launch) => launch.cell === FAULTY)).toHaveLength(3);
  });

  test("adds up the time of its sessions", async () => {
    const broken = await runFake({ out, stopAfter: 6 });
    const before = broken.manifest.harness.wallMs;
    const resumed = await runFake({ out, resume: readManifest(broken.dir) });
    expect(before).toBeGreaterThan(0);
    expect(resumed.manifest.harness.wallMs).toBeGreaterThan(before);
  });

  test("tells its watcher how much was done before", async () => {
    const broken = await runFake({ out, stopAfter: 6 });
    const { events } = await runFake({ out, resume: readManifest(broken.dir) });
    expect(events.find((event) => event.type === "start")).toMatchObject({ alreadyDone: 6, launches: 12 });
  });
});

test("a summary can be made of a run in which nothing ended", async () => {
  const run = await runFake({ out, stopAfter: 0 });
  expect(run.launches).toEqual([]);
  expect(summaryOf(run).cells.every((cell) => cell.reason !== null)).toBe(true);
});

test("results that can't be kept end the run, and everything is cleaned up", async () => {
  const file = join(out, "taken");
  await runFake({ out: file });
  rmSync(file, { recursive: true });
  appendFileSync(file, "a file where the folder of the runs should be");
  await expect(runFake({ out: file })).rejects.toMatchObject({ exitCode: 4 });
  expect(readdirSync(cacheDir("ledger"))).toEqual([]);
  expect(existsSync(join(file, "latest"))).toBe(false);
});
