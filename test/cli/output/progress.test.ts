import { describe, expect, test } from "vitest";
import { showProgress } from "../../../src/cli/output/progress.ts";
import type { RunEvent } from "../../../src/run/events.ts";
import { faults, hostile } from "../../report/hostile.ts";
import { failedRecord, launchRecord } from "../../run/records.ts";

const ESCAPE = "\u001b";
const LONG = "runsc/systrap/net=sandbox/seccomp=generated::goroutines-with-a-long-name";

/** All that is shown of these events; a second passes between two of them. */
function shown(live: boolean, events: RunEvent[], columns = 80): string {
  let text = "";
  let now = 0;
  const observe = showProgress({ write: (more) => (text += more), live, columns }, () => {
    now += 1000;
    return now;
  });
  for (const event of events) observe(event);
  return text;
}

const start: RunEvent = {
  type: "start",
  runId: "20260101-000000-aaaa",
  dir: "/reports/20260101-000000-aaaa",
  cells: 2,
  launches: 30,
  alreadyDone: 0,
  etaMs: 90_000,
};
const launch: RunEvent = { type: "launch", cell: LONG, round: 0, done: 3, of: 30, etaMs: 61_000 };
const launched = (done: number): RunEvent => ({
  type: "launched",
  record: launchRecord(),
  done,
  of: 30,
  etaMs: 9000,
});
const failed: RunEvent = {
  type: "launched",
  record: failedRecord("hang", { cell: LONG }),
  done: 4,
  of: 30,
  etaMs: 1,
};

/** What a terminal's lines hold: a line is drawn over what stood there before. */
const drawn = (text: string) => text.split(`\r${ESCAPE}[2K`).flatMap((part) => part.split("\n"));

const EVERYTHING: RunEvent[] = [
  { type: "preparing", what: `scenario ${LONG}` },
  start,
  launch,
  launched(4),
  failed,
  { type: "quarantined", cell: LONG, reason: "failed 2 times in a row (no end within 60 s; killed)" },
  { type: "trying", what: "runsc/kvm", cell: LONG },
  {
    type: "stopped-starting",
    entry: {
      what: "runsc/kvm",
      at: "2026-01-02T03:04:05.000Z",
      cell: LONG,
      round: 3,
      goodLaunches: 7,
      reason: `runsc/kvm stopped starting after 7 good launches. ${LONG} in round 4: no end within 60 s; killed`,
      evidence: "",
      cells: [LONG],
    },
  },
  {
    type: "swept",
    runId: "r",
    what: ["process 1", "folder /a/b/c/d/e", "folder /f/g/h/i/j/k/l"],
    failed: ["cgroup x"],
  },
  {
    type: "warning",
    message: "a warning of many words that goes on for quite a while, and then for some more",
  },
  launched(30),
  { type: "end" },
];

describe("on a terminal", () => {
  test("one line is drawn over again and again", () => {
    const text = shown(true, [start, launch, launched(4), launch]);
    expect(text.split("\n")).toHaveLength(2);
    expect(text).toContain("3/30 (10 %)  1 min 1 s left");
  });

  test("no line is longer than it, so that none wraps", () => {
    for (const columns of [40, 80, 120]) {
      for (const line of drawn(shown(true, EVERYTHING, columns))) {
        expect(line.length).toBeLessThanOrEqual(columns);
      }
    }
  });

  test("nothing stays of the live line when the run ends", () => {
    expect(shown(true, EVERYTHING).endsWith(`\r${ESCAPE}[2K`)).toBe(true);
  });
});

describe("in a log", () => {
  test("there are whole lines only, and nothing for a terminal: NO_COLOR has nothing to remove", () => {
    const text = shown(false, EVERYTHING);
    expect(text).not.toContain(ESCAPE);
    expect(text).not.toContain("\r");
    expect(text.endsWith("\n")).toBe(true);
  });

  test("no line is longer than 80 columns", () => {
    for (const line of shown(false, EVERYTHING).split("\n")) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test("a line comes every 10 s, not for every launch", () => {
    const text = shown(false, [start, ...Array.from({ length: 25 }, (_, number) => launched(number))]);
    expect(text.split("\n").filter((line) => line.includes("/30"))).toHaveLength(2);
  });

  test("a long run says how often it will say something, and does not fill the log", () => {
    const hour = { ...start, etaMs: 3_600_000 };
    const text = shown(false, [hour, ...Array.from({ length: 3600 }, () => launched(4))]);
    expect(text.replaceAll(/\s+/g, " ")).toContain("a line every 1 min");
    expect(text.split("\n").filter((line) => line.includes("/30"))).toHaveLength(60);
  });

  test("the last launch is always shown", () => {
    expect(shown(false, [start, launched(30)])).toContain("30/30 (100 %)");
  });
});

test("no colours, wherever it goes: the only escape is the one that clears the line", () => {
  const text = shown(true, EVERYTHING).replaceAll(`${ESCAPE}[2K`, "");
  expect(text).not.toContain(ESCAPE);
});

test("words of a sandboxed program steer neither the terminal nor the CI system", () => {
  const events = hostile(EVERYTHING.filter(({ type }) => type !== "end"));
  for (const columns of [40, 80]) {
    expect(faults(shown(false, events, columns))).toEqual([]);
    expect(faults(drawn(shown(true, events, columns)).join("\n"))).toEqual([]);
  }
});

test("a failure is said at once, with its reason, and counted from then on", () => {
  const text = shown(false, [start, failed, launched(30)]);
  expect(text).toContain("it was a hang");
  expect(text).toContain("1 failed");
});

test("a resumed run says how much was done before", () => {
  expect(shown(false, [{ ...start, alreadyDone: 12 }])).toContain("12 of them done before");
});
