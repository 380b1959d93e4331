import { describe, expect, test } from "vitest";
import { besideBaseline, decide, type Said, type Seen } from "../../src/isolation/verdict.ts";

const NOTHING: Seen = { evidence: null, lost: null };
const HOST: Seen = { evidence: "a canary saw it", lost: null };
const LOST: Seen = { evidence: null, lost: "the sentinel has ended" };
const BOTH: Seen = { evidence: "a canary saw it", lost: "the sentinel has ended" };

const DONE: Said = { outcome: "done" };
const REFUSED: Said = { outcome: "refused", errno: "EPERM", detail: "not permitted" };
const KILLED: Said = { outcome: "killed", detail: "SIGSYS" };
const NO_CONTROL: Said = { outcome: "control-failed", detail: "no socket" };
const HUNG: Said = { outcome: "timeout", detail: "no end within 8s" };
const GONE: Said = { outcome: "missing", detail: "the sandbox ended during it" };

/** What is said, what is seen, what it is. */
const CASES: [said: Said, seen: Seen, verdict: string][] = [
  [DONE, HOST, "reached"],
  // A program that claims to be blocked everywhere.
  [REFUSED, HOST, "reached"],
  [KILLED, HOST, "reached"],
  [NO_CONTROL, HOST, "reached"],
  [HUNG, HOST, "reached"],
  [GONE, HOST, "reached"],
  [REFUSED, BOTH, "reached"],
  [DONE, BOTH, "reached"],
  // One that claims to have got out.
  [DONE, NOTHING, "emulated"],
  [REFUSED, NOTHING, "blocked"],
  [KILLED, NOTHING, "killed"],
  [NO_CONTROL, NOTHING, "error"],
  [HUNG, NOTHING, "error"],
  [GONE, NOTHING, "error"],
  // A canary that could not have seen it.
  [DONE, LOST, "error"],
  [REFUSED, LOST, "error"],
  [KILLED, LOST, "error"],
  [NO_CONTROL, LOST, "error"],
  [HUNG, LOST, "error"],
  [GONE, LOST, "error"],
];

describe("a verdict", () => {
  test.for(CASES)("said %o, seen %o", ([said, seen, verdict]) => {
    expect(decide(said, seen).verdict).toBe(verdict);
  });

  test("tells the name of the error before its text", () => {
    expect(decide(REFUSED, NOTHING).detail).toBe("EPERM: not permitted");
  });

  test("is no merit where the baseline fails, too", () => {
    const blocked = decide(REFUSED, NOTHING);
    expect(besideBaseline(blocked, blocked).verdict).toBe("absent");
    expect(besideBaseline(blocked, decide(DONE, HOST)).verdict).toBe("blocked");
    expect(besideBaseline(blocked, undefined).verdict).toBe("blocked");
    expect(besideBaseline(decide(DONE, HOST), blocked).verdict).toBe("reached");
  });
});
