import { describe, expect, test } from "vitest";
import { closedLoop } from "../../../src/capacity/storm/closed-loop.ts";
import { openLoop } from "../../../src/capacity/storm/open-loop.ts";
import type { Prepared } from "../../../src/capacity/storm/start-once.ts";
import type { HeldEnvironment } from "../../../src/run/environment/held-environment.ts";

/** A launch takes as many ms, and every fourth fails where that is asked for. */
class FakeEnvironment {
  underWay = 0;
  most = 0;
  launched = 0;
  readonly #ms: number;
  readonly #failing: boolean;

  constructor(ms: number, failing = false) {
    this.#ms = ms;
    this.#failing = failing;
  }

  async launch(_: unknown, { abort }: { abort: AbortSignal }) {
    const number = this.launched++;
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    await new Promise((resolve) => setTimeout(resolve, this.#ms));
    this.underWay -= 1;
    const failure = this.#failing && number % 4 === 3 ? { message: "it crashed" } : null;
    return {
      aborted: abort.aborted,
      measured: { phases: { prepareNs: 0, readyNs: this.#ms * 5e5 }, failure },
    };
  }
}

const held = (fake: FakeEnvironment) => fake as unknown as HeldEnvironment;
const prepared = {} as Prepared;
const never = new AbortController().signal;

describe("a closed loop", () => {
  test("keeps so many under way, as many in all as asked for, and obeys Little's law", async () => {
    const fake = new FakeEnvironment(20);
    const level = await closedLoop(held(fake), prepared, { concurrency: 4, starts: 80 }, never);
    expect([fake.most, fake.launched, level!.summary.starts]).toEqual([4, 80, 80]);
    expect(level!.summary.ratePerS).toBeGreaterThan(100);
    expect(level!.summary.ratePerS).toBeLessThan(200);
    expect(level!.little.gap).toBeLessThan(0.1);
  });

  test("counts failures apart from good starts", async () => {
    const level = await closedLoop(
      held(new FakeEnvironment(2, true)),
      prepared,
      { concurrency: 2, starts: 40 },
      never,
    );
    expect(level!.summary).toMatchObject({ starts: 40, failed: 10, failures: ["it crashed"] });
  });

  test("says nothing when it was aborted, and starts no more", async () => {
    const fake = new FakeEnvironment(5);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    expect(await closedLoop(held(fake), prepared, { concurrency: 2, starts: 1000 }, abort.signal)).toBeNull();
    expect(fake.launched).toBeLessThan(100);
    expect(fake.underWay).toBe(0);
  });
});

describe("an open loop", () => {
  test("starts at its times, whether earlier ones have ended or not", async () => {
    const fake = new FakeEnvironment(100);
    const scheduleS = Float64Array.of(0.01, 0.02, 0.03, 0.04);
    const { raw } = await openLoop(held(fake), prepared, { scheduleS, mostAtOnce: 10 }, never);
    expect(fake.most).toBe(4);
    expect(raw.map(({ intendedS }) => intendedS)).toEqual([...scheduleS]);
    expect(raw.every(({ begunS, intendedS }) => begunS >= intendedS)).toBe(true);
  });

  test("drops and counts what is due while too many are under way", async () => {
    const fake = new FakeEnvironment(100);
    const scheduleS = Float64Array.of(0, 0.001, 0.002, 0.003);
    const { dropped, summary } = await openLoop(held(fake), prepared, { scheduleS, mostAtOnce: 1 }, never);
    expect([dropped, summary.starts]).toEqual([3, 1]);
  });
});
