import { expect, test } from "vitest";
import {
  differingFields,
  isSameHost,
  unrecordedFields,
  unrecordedNote,
} from "../../src/samples/differing-fields.ts";

const host = (fields: Record<string, string>) => ({ id: JSON.stringify(fields), fields });
const OLD = host({ "cpu.model": "Test CPU" });
const PINNED = host({ "cpu.model": "Test CPU", "cpu.usable": "1 of 2 (CPU 0)" });
const WHOLE = host({ "cpu.model": "Test CPU", "cpu.usable": "all 2" });

test("another set of usable CPUs is a difference", () => {
  expect(differingFields(PINNED, WHOLE)).toEqual([{ field: "cpu.usable", a: "1 of 2 (CPU 0)", b: "all 2" }]);
  expect(isSameHost(PINNED, WHOLE)).toBe(false);
});

test("a field that an earlier version did not record is none, and is named", () => {
  expect(differingFields(OLD, PINNED)).toEqual([]);
  expect(isSameHost(PINNED, OLD)).toBe(true);
  expect(unrecordedFields(OLD, PINNED)).toEqual(["cpu.usable"]);
  expect(unrecordedNote(OLD, PINNED)).toMatch(/^cpu\.usable was recorded on one side only/);
  expect(unrecordedNote(PINNED, WHOLE)).toBeNull();
});

test("a mitigation or a tool that one side lacks is a difference", () => {
  const patched = host({ ...OLD.fields, "mitigation.retbleed": "Mitigation: IBPB", "version.runsc": "1" });
  expect(differingFields(OLD, patched).map(({ field, a }) => `${field}: ${a}`)).toEqual([
    "mitigation.retbleed: nothing",
    "version.runsc: nothing",
  ]);
});
