/** What side a has and side b lacks, in every form of the verdict. */
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../../src/check/comparison-types.ts";
import { EXIT } from "../../../src/cli/output/exit-codes.ts";
import { type ComparisonFormat, renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { headline } from "../../../src/report/comparison/sentences.ts";
import { verdictView } from "../../../src/report/comparison/verdict-view.ts";
import { gateOutcome } from "../../../src/use-cases/check/gate-outcome.ts";
import { onlyVerdicts } from "./fixture.ts";

const REASON = "only on the old side; on the new one: not in its plan";
const renamed: Comparison = {
  ...onlyVerdicts("same"),
  outcome: "unclear",
  notCompared: [
    { cell: "runc/net=none/seccomp=none::web", metric: null, reason: REASON, unseen: true },
    { cell: "runc/net=none/seccomp=none::shop", metric: null, reason: "only on the new side" },
  ],
};
const shown = (format: ComparisonFormat, strict: boolean) => renderComparison(renamed, format, { strict });

describe("a scenario that was renamed", () => {
  test("is in the headline, and in a part of its own", () => {
    expect(headline(renamed)).toBe(
      "Unclear: 1 cell of a is missing in b, none shown to be worse; 8 the same within 5 %.",
    );
    expect(shown("terminal", false)).toContain(
      `Missing in b (1): ${REASON}\n  runc/net=none/seccomp=none::web\n`,
    );
    expect(shown("markdown", false)).toContain("### Missing in b: 1");
  });

  test("passes a gate that is not strict, and gives a strict one exit code 3", () => {
    expect(verdictView(renamed, false).passed).toBe(true);
    expect(verdictView(renamed, true).passed).toBe(false);
    const code = (strict: boolean) => EXIT[gateOutcome({ comparison: renamed, failed: [] }, strict)];
    expect([code(false), code(true)]).toEqual([0, 3]);
  });

  test("is an error of each format that has errors, where the gate is strict", () => {
    const errors = (strict: boolean) => [
      shown("github", strict)
        .split("\n")
        .filter((line) => line.startsWith("::error")).length,
      shown("junit", strict).split("<failure ").length - 1,
      shown("sarif", strict).split('"level": "error"').length - 1,
    ];
    expect([errors(false), errors(true)]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });
});
