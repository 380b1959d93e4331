import { describe, expect, test } from "vitest";
import { compareProbes } from "../../src/isolation/compare-probes.ts";
import type { VerdictName } from "../../src/isolation/verdict.ts";
import { configuration, result } from "./made-probes.ts";

const compared = (before: VerdictName, now: VerdictName) =>
  compareProbes(
    result([configuration("runc", { "io-uring": before })]),
    result([configuration("runc", { "io-uring": now })]),
  );

describe("the gate over probes", () => {
  test.for(["blocked", "killed", "emulated", "absent", "error"] as const)(
    "%s and now reached is worse",
    (before) => {
      expect(compared(before, "reached").worse).toMatchObject([
        { configuration: "runc", probe: "io-uring", before },
      ]);
    },
  );

  test("reached and now stopped is better; reached as before is the same", () => {
    expect(compared("reached", "blocked").better).toHaveLength(1);
    expect(compared("reached", "reached")).toMatchObject({ worse: [], better: [], same: 1 });
  });

  test("another way of being stopped is the same", () => {
    expect(compared("blocked", "killed")).toMatchObject({ worse: [], unclear: [], same: 1 });
  });

  test("an error where something was known is unclear, and never the same", () => {
    expect(compared("blocked", "error")).toMatchObject({
      worse: [],
      same: 0,
      unclear: [{ probe: "io-uring" }],
    });
  });

  test("a configuration or a probe that is gone is missing, with the reason", () => {
    const before = result([configuration("runc", { "io-uring": "blocked" }), configuration("crun", {})]);
    const gone = { ...configuration("crun", {}), status: "unavailable" as const, reason: "crun is missing" };
    const now = result([configuration("runc", {}), gone]);
    expect(compareProbes(before, now).missing).toEqual([
      { what: "runc: io-uring", reason: "the probe is not in this run" },
      { what: "crun", reason: "crun is missing" },
    ]);
  });

  test("hosts that are not alike are told", () => {
    const fingerprint = { id: "g", fields: { kernel: "6.19", "version.crun": "1.8" } };
    const other = { host: { fingerprint, kernel: "6.19", launchedBy: "plain user" as const } };
    expect(compareProbes(result([]), result([], other)).warnings).toEqual([
      "the host's kernel was 6.18, and is 6.19",
      "launched by root then, by plain user now",
    ]);
    expect(compareProbes(result([]), result([])).warnings).toEqual([]);
  });
});
