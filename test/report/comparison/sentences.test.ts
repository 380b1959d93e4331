import { describe, expect, test } from "vitest";
import { headline, trust } from "../../../src/report/comparison/sentences.ts";
import { COST_NOTE } from "../../../src/report/comparison/words.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";

describe("the headline", () => {
  test("tells unclear from worse", () => {
    expect(headline(onlyVerdicts("unclear", "same"))).toBe(
      "Unclear: 3 of 11 metrics undecided, none shown to be worse; 8 the same within 5 %.",
    );
  });

  test("begins with a host that was busy, and what to do", () => {
    const busy = { ...onlyVerdicts("same"), disturbed: { a: 0.1, b: 0.86 } };
    expect(headline(busy)).toMatch(
      /^The host was busy: 86 % of the launches were disturbed; stop other work and measure again\. No loss/,
    );
    expect(headline({ ...busy, disturbed: { a: 0.1, b: 0.1 } })).toMatch(/^No loss/);
  });

  test("names the sides apart where they ran at different times", () => {
    expect(headline({ ...onlyVerdicts("same"), kind: "runs", disturbed: { a: 0.1, b: 0.86 } })).toContain(
      "10 % (a) and 86 % (b) of the launches",
    );
  });

  test("counts gains", () => {
    expect(headline(onlyVerdicts("better", "same"))).toBe(
      "No loss in 10 metrics; 2 better, 8 the same within 5 %.",
    );
  });

  test("says so when nothing could be compared", () => {
    expect(headline(comparisonFixture({ metrics: [], broken: [], outcome: "ok" }))).toBe(
      "Nothing was compared; 3 could not be compared.",
    );
  });
});

describe("why it can be trusted", () => {
  test("interleaved sides share the drift of the host", () => {
    expect(trust(comparisonFixture())).toContain(
      "same 4 to 15 random rounds, so drift of the host hits both alike",
    );
  });

  test("two runs do not, and the sentence says what would", () => {
    expect(trust(comparisonFixture({ kind: "runs" }))).toContain("run --ab rules that out");
  });

  test("the chance of a false alarm and the noise floor are named", () => {
    expect(trust(comparisonFixture())).toContain("even one false alarm among 17 metrics is held to 1 %");
    expect(trust(comparisonFixture())).toContain(
      "the A/A noise floor is known for 16 of them (last measured 3 days before)",
    );
  });

  test("what a sign means is said", () => {
    expect(trust(comparisonFixture())).toContain(COST_NOTE);
  });

  test("unlike hosts make it a hint", () => {
    const unlike = [{ field: "cpu.model", a: "one", b: "another" }];
    expect(trust(comparisonFixture({ kind: "runs", unlike }))).toContain("The hosts are unlike");
  });
});
