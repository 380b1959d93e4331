import { describe, expect, test } from "vitest";
import { fittedTerms } from "../../../src/report/article/fitted-terms.ts";

const cost = { value: 3500, low: 3400, high: 3700 };
const one = {
  says: "microseconds",
  title: "entering and leaving, as Go calls",
  configuration: "runsc/systrap/net=host/seccomp=none",
  label: "runsc systrap",
  rounds: 15,
  missing: null,
  cost,
  text: "3.50 µs [3.40, 3.70] n=15",
};

describe("the fitted terms beside the article's kinds of cost", () => {
  test("stand with the kind that they are of, with their interval", () => {
    const article = [
      { ...one, kind: "interception" as const },
      { ...one, kind: "memory mapping" as const, title: "the first touch of a page" },
    ];
    expect(fittedTerms({ article })).toEqual({
      interception: [
        {
          label: "fitted, runsc systrap: entering and leaving, as Go calls (90 % interval)",
          text: "3.50 µs [3.40, 3.70] n=15",
        },
      ],
      mapping: [
        {
          label: "fitted, runsc systrap: the first touch of a page (90 % interval)",
          text: "3.50 µs [3.40, 3.70] n=15",
        },
      ],
    });
  });

  test("what could not be fitted, and the article's table, are left out", () => {
    const article = [
      { ...one, kind: "forwarding" as const, cost: null, missing: "no operation of this run tells it" },
      { ...one, kind: "table" as const },
    ];
    expect(fittedTerms({ article })).toEqual({});
    expect(fittedTerms(null)).toEqual({});
  });
});
