import { describe, expect, test } from "vitest";
import type { Claim, NumberClaim, OptionClaim } from "../../../src/report/article/claim.ts";
import { labelled, native, near, quantity, value } from "../../../src/report/article/claims/cells.ts";
import type { Measurement } from "../../../src/report/article/formula.ts";
import { judge } from "../../../src/report/article/judge.ts";
import type { ToolOptions } from "../../../src/samples/run-manifest.ts";

const OTHER = quantity(native, "syscalls", "other");

const CLAIM: NumberClaim = {
  kind: "number",
  id: "made-up",
  section: "9.9",
  quote: "100 ns",
  subject: "It takes 100 ns",
  claimed: near(100, "ns", "100 ns"),
  decides: labelled("getpid", value(quantity(native, "syscalls", "getpid"))),
  beside: [],
  why: "Because.",
};

function found(low: number | null, high: number | null, parts: Partial<Measurement> = {}): Measurement {
  const value = low === null || high === null ? 100 : (low + high) / 2;
  return { formula: "f", unit: "ns", value, low, high, n: 15, missing: null, text: "so much", ...parts };
}

function verdictOf(claim: Claim, measurement: Measurement, options: Record<string, ToolOptions> = {}) {
  return judge(claim, { measure: () => measurement, options: (command) => options[command] ?? null });
}

describe("a number", () => {
  test.each([
    ["within 25 % either way: holds", 81, 124, "holds"],
    ["all of it above: does not hold", 126, 200, "fails"],
    ["all of it below: does not hold", 10, 79, "fails"],
    ["across the upper end: unclear", 110, 130, "unclear"],
    ["across the lower end: unclear", 70, 90, "unclear"],
    ["wider than the range: unclear", 10, 1000, "unclear"],
  ])("with an interval %s", (_, low, high, verdict) => {
    expect(verdictOf(CLAIM, found(low, high)).verdict).toBe(verdict);
  });

  test("without an interval was not measured, and says how many rounds it takes", () => {
    const { verdict, why } = verdictOf(CLAIM, found(null, null, { n: 3 }));
    expect(verdict).toBe("unmeasured");
    expect(why).toMatch(/^3 rounds give no interval; it takes 6/);
  });

  test("without a figure was not measured, and the reason stands where the figure would", () => {
    const missing = "unavailable: /dev/kvm opens, but runsc hangs";
    const checked = verdictOf(CLAIM, found(null, null, { value: null, n: 0, missing, text: missing }));
    expect(checked).toMatchObject({ verdict: "unmeasured", measured: missing });
  });

  test("that is not possible is that, whatever was measured", () => {
    const claim = { ...CLAIM, impossible: () => "There is no such switch." };
    const { verdict, why } = verdictOf(claim, found(90, 110));
    expect(verdict).toBe("impossible");
    expect(why).toBe("There is no such switch. Because.");
  });

  test("that this run does not show to be impossible is judged by its figure", () => {
    expect(verdictOf({ ...CLAIM, impossible: () => null }, found(90, 110)).verdict).toBe("holds");
  });

  test("of which only a part is measured can be refuted, and never confirmed", () => {
    const claim = { ...CLAIM, partOf: { short: "a part", reason: "Only a part is measured." } };
    expect(verdictOf(claim, found(126, 200))).toMatchObject({
      verdict: "fails",
      measured: "a part: so much",
    });
    for (const [low, high] of [
      [90, 110],
      [1, 2],
      [110, 130],
    ] as const) {
      const { verdict, why } = verdictOf(claim, found(low, high));
      expect(verdict).toBe("unmeasured");
      expect(why).toContain("Only a part is measured.");
    }
  });

  describe("that is measured in two ways", () => {
    const claim = {
      ...CLAIM,
      second: {
        ...labelled("other", value(OTHER)),
        short: ["one", "other"] as const,
        difference: "It depends.",
      },
    };
    const both = (first: Measurement, second: Measurement) =>
      judge(claim, {
        measure: ({ of }) => (of === OTHER ? second : first),
        options: () => null,
      });

    test.each([
      ["both above", [130, 140], [150, 160], "fails"],
      ["both within", [90, 110], [95, 105], "holds"],
      ["one above, one below", [130, 140], [10, 20], "unclear"],
      ["one within, one above", [90, 110], [130, 140], "unclear"],
    ] as const)("%s", (_, [low, high], [otherLow, otherHigh], verdict) => {
      const checked = both(found(low, high), found(otherLow, otherHigh, { text: "more" }));
      expect(checked.verdict).toBe(verdict);
      expect(checked.measured).toBe("one: so much; other: more");
      expect(checked.why.startsWith("It depends.")).toBe(verdict === "unclear");
    });

    test("is judged by the first where the second is missing", () => {
      const missing = found(null, null, { value: null, missing: "no cgroup" });
      expect(both(found(130, 140), missing)).toMatchObject({ verdict: "fails", measured: "so much" });
    });
  });

  test("without an upper end is met by anything large enough", () => {
    const claim = { ...CLAIM, claimed: { text: "much", unit: "ns" as const, low: 50, high: null } };
    expect(verdictOf(claim, found(51, 1e12)).verdict).toBe("holds");
    expect(verdictOf(claim, found(1, 49)).verdict).toBe("fails");
  });

  test("says what its verdict means", () => {
    const claim = { ...CLAIM, means: { fails: "It is slower." } };
    expect(verdictOf(claim, found(200, 300)).why).toBe("It is slower. Because.");
    expect(verdictOf(claim, found(90, 110)).why).toBe("Because.");
  });
});

describe("an option", () => {
  const claim: OptionClaim = {
    kind: "option",
    id: "made-up",
    section: "9.9",
    quote: "tool --drop --add",
    subject: "tool takes --drop and --add",
    commands: ["tool --help", "tool help run"],
    options: ["drop", "add"],
    why: "Because.",
  };
  const answers = (first: string[], second: string[]) => ({
    "tool --help": { version: "1.0", options: first, reason: null },
    "tool help run": { version: "1.0", options: second, reason: null },
  });

  test("that is in any of the lists holds", () => {
    const checked = verdictOf(claim, found(1, 2), answers(["drop", "x"], ["add"]));
    expect(checked).toMatchObject({ verdict: "holds", claimed: "--drop, --add" });
    expect(checked.measured).toContain("of the 3 options");
  });

  test("that is in none cannot be true as stated, and is named", () => {
    const checked = verdictOf(claim, found(1, 2), answers(["drop"], ["x"]));
    expect(checked.verdict).toBe("impossible");
    expect(checked.measured).toBe(
      "--add: not of the 2 options that `tool --help` (1.0) and `tool help run` (1.0) list",
    );
  });

  test("of a program that is missing was not measured", () => {
    const missing = { "tool --help": { version: null, options: [], reason: "tool is not installed" } };
    const checked = verdictOf(claim, found(1, 2), { ...answers(["drop"], ["add"]), ...missing });
    expect(checked).toMatchObject({ verdict: "unmeasured", measured: "tool --help: tool is not installed" });
  });

  test("that nobody asked for was not measured", () => {
    expect(verdictOf(claim, found(1, 2)).verdict).toBe("unmeasured");
  });
});
