import { describe, expect, test } from "vitest";
import { failRequiredSkips, type Outcome, summarise } from "./outcome.ts";

const passed: Outcome = { name: "a", state: "passed", reason: null };
const failed: Outcome = { name: "b", state: "failed", reason: "expected 1 to be 2" };
const skipped: Outcome = { name: "e2e > runsc systrap starts", state: "skipped", reason: "no runsc" };

describe("the closing line", () => {
  test("counts what passed and failed, alone on the last line", () => {
    expect(summarise([passed, passed, failed]).split("\n").at(-1)).toBe("2 passed, 1 failed");
  });

  test("has nothing before it when all passed", () => {
    expect(summarise([passed])).toBe("\n1 passed, 0 failed");
  });

  test("is preceded by the failed and skipped ones with their reasons", () => {
    expect(summarise([skipped, failed])).toMatchInlineSnapshot(`
      "
      1 skipped:
        e2e > runsc systrap starts: no runsc

      1 failed:
        b: expected 1 to be 2

      0 passed, 1 failed"
    `);
  });
});

describe("a skipped end-to-end test", () => {
  test("fails in CI where the sandbox is one that CI has", () => {
    expect(failRequiredSkips([skipped], true)).toEqual([
      { ...skipped, state: "failed", reason: "must not be skipped in CI: no runsc" },
    ]);
  });

  test("stays skipped in CI where it is of kvm", () => {
    const kvm: Outcome = { ...skipped, name: "e2e > runsc kvm starts" };
    expect(failRequiredSkips([kvm], true)).toEqual([kvm]);
  });

  test("stays skipped elsewhere", () => {
    expect(failRequiredSkips([skipped], false)).toEqual([skipped]);
  });
});
