import { expect, test } from "vitest";
import { Quarantine } from "../../src/run/quarantine.ts";
import { failedRecord, launchRecord } from "./records.ts";

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
