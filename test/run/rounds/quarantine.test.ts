import { describe, expect, test } from "vitest";
import { Quarantine } from "../../../src/run/rounds/quarantine.ts";
import { failedRecord, launchRecord } from "../records.ts";

const CELL = launchRecord().cell;

test("a cell that fails three times in a row is closed, with the last reason", () => {
  const quarantine = new Quarantine();
  expect(quarantine.note(failedRecord("crash"))).toBeNull();
  expect(quarantine.note(failedRecord("garbage"))).toBeNull();
  expect(quarantine.has(CELL)).toBe(false);
  expect(quarantine.note(failedRecord("crash"))).toBe("failed 3 times in a row (it was a crash)");
  expect(quarantine.has(CELL)).toBe(true);
});

test("hangs cost their whole limit, so two are enough", () => {
  const quarantine = new Quarantine();
  quarantine.note(failedRecord("hang"));
  expect(quarantine.note(failedRecord("hang"))).toMatch(/failed 2 times in a row/);
});

test("a launch that goes well wipes the slate", () => {
  const quarantine = new Quarantine();
  for (let time = 0; time < 5; time += 1) {
    quarantine.note(failedRecord("crash"));
    quarantine.note(failedRecord("crash"));
    quarantine.note(launchRecord());
  }
  expect(quarantine.has(CELL)).toBe(false);
});

test("one cell's failures are not another's", () => {
  const quarantine = new Quarantine();
  for (let cell = 0; cell < 5; cell += 1) quarantine.note(failedRecord("hang", { cell: `cell-${cell}` }));
  expect(quarantine.has("cell-0")).toBe(false);
});

test("it is said once that a cell is closed", () => {
  const quarantine = new Quarantine();
  const said = Array.from({ length: 5 }, () => quarantine.note(failedRecord("crash")));
  expect(said.filter((reason) => reason !== null)).toHaveLength(1);
});

describe("what starts the launches", () => {
  const START = "runsc/kvm";
  const unstarted = (kind: "hang" | "crash" | "harness", cell: string) =>
    failedRecord(kind, { cell, phases: { ...launchRecord().phases, readyNs: null } });

  test("a hang before the first line asks for a trial, and a second one is enough without", () => {
    const quarantine = new Quarantine();
    expect(quarantine.noteStart(START, launchRecord())).toBe("none");
    expect(quarantine.noteStart(START, unstarted("hang", "one"))).toBe("trial");
    expect(quarantine.noteStart(START, unstarted("hang", "another"))).toBe("close");
    expect(quarantine.goodLaunches(START)).toBe(1);
  });

  test("a hang after the first line is the program's own", () => {
    const quarantine = new Quarantine();
    for (let time = 0; time < 5; time += 1) {
      expect(quarantine.noteStart(START, failedRecord("hang"))).toBe("none");
    }
  });

  test("other failures to start ask for a trial at the third in a row", () => {
    const quarantine = new Quarantine();
    const said = ["a", "b", "c"].map((cell) => quarantine.noteStart(START, unstarted("crash", cell)));
    expect(said).toEqual(["none", "none", "trial"]);
  });

  test("what the harness itself could not do says nothing of it", () => {
    const quarantine = new Quarantine();
    for (let time = 0; time < 5; time += 1) {
      expect(quarantine.noteStart(START, unstarted("harness", "a"))).toBe("none");
    }
  });

  test("a launch that comes to its first line wipes the slate, and so does a trial that works", () => {
    const quarantine = new Quarantine();
    for (let time = 0; time < 5; time += 1) {
      expect(quarantine.noteStart(START, unstarted("hang", "a"))).toBe("trial");
      if (time % 2 === 0) quarantine.noteStart(START, launchRecord());
      else quarantine.acquit(START);
    }
  });

  test("once closed, every cell of it is, and no other", () => {
    const quarantine = new Quarantine();
    quarantine.noteStart(START, unstarted("hang", "a"));
    quarantine.noteStart("runsc/systrap", launchRecord());
    quarantine.closeStart(START);
    expect(quarantine.has("b", START)).toBe(true);
    expect(quarantine.has("b", "runsc/systrap")).toBe(false);
    expect(quarantine.has("b", null)).toBe(false);
  });
});
