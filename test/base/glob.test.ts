import { expect, test } from "vitest";
import { globMatcher } from "../../src/base/glob.ts";

const ID = "runsc/systrap/net=none/seccomp=none::syscalls";

test.each([
  ["*", true],
  [ID, true],
  ["runsc/*", true],
  ["*::syscalls", true],
  ["runsc/*::{files,syscalls}", true],
  ["{runc,runsc/*}::syscalls", true],
  ["runsc/systra?/*", true],
  ["runsc", false],
  ["*/net=host/*", false],
  ["runsc/*::sys", false],
  ["runsc/*::{files,cpu}", false],
])("%s on a cell's id: %s", (glob, isMatch) => {
  expect(globMatcher(glob)(ID)).toBe(isMatch);
});

test("characters that mean something to a regular expression are plain text", () => {
  expect(globMatcher("seccomp=/a+b(1).json")("seccomp=/a+b(1).json")).toBe(true);
  expect(globMatcher("a.c")("abc")).toBe(false);
});

test("an open brace is closed at the end, a closing one alone is text", () => {
  expect(globMatcher("{a,b")("b")).toBe(true);
  expect(globMatcher("a}")("a}")).toBe(true);
});
