import { expect, test } from "vitest";
import { didYouMean, nearest } from "../../src/base/nearest.ts";

test("the candidate with the fewest slips wins, whatever the case", () => {
  expect(nearest("SYSTRAPP", ["ptrace", "systrap", "kvm"])).toBe("systrap");
});

test("another word is no slip of the finger", () => {
  expect(nearest("docker", ["systrap", "kvm"])).toBeNull();
  expect(didYouMean("docker", ["systrap", "kvm"])).toBe("");
});

test("without candidates there is nothing to mean", () => {
  expect(nearest("x", [])).toBeNull();
});
