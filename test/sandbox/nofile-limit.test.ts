import { expect, test } from "vitest";
import { leftOut, nofileLimit } from "../../src/sandbox/nofile-limit.ts";

const limits = (hard: string) =>
  `Limit  Soft  Hard  Units\nMax processes  9  9  processes\nMax open files  1024  ${hard}  files\n`;

test.each([
  ["1048576", 4096],
  ["unlimited", 4096],
  ["512", 512],
])("with a hard limit of %s a launch may open %i files", (hard, expected) => {
  expect(nofileLimit(limits(hard))).toBe(expected);
});

test("a lower limit is said", () => {
  expect(leftOut(true, 4096)).toEqual([]);
  expect(leftOut(true, 512)).toEqual([expect.stringContaining("512 open files at most instead of 4096")]);
  expect(leftOut(false, 512)).toHaveLength(2);
});
