/** Density and storms start real sandboxes, and nothing of them is left, however they end. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/resolve.ts";
import { measureDensity } from "../../src/use-cases/capacity/density.ts";
import { measureStorm } from "../../src/use-cases/capacity/storm.ts";
import type { Say } from "../../src/use-cases/use-case.ts";
import { hostState, leftBehind } from "./host-state.ts";
import { ROOT, whyNot } from "./lab.ts";

const reason = whyNot();
const config = resolveConfig({ preset: "quick" }, {}, "test", ROOT);
const request = { levels: [3, 1, 2], repeats: 1, plateauS: 1, programMib: 16, working: false };
const order = {
  config,
  cells: ["unshare/net=none/seccomp=none", "runsc/systrap/net=none/seccomp=none"],
  request,
};

describe.skipIf(reason !== null)("capacity density", () => {
  test("finds that one more program of 16 MiB takes at least that, and leaves nothing", {
    timeout: 240_000,
  }, async () => {
    const before = hostState();
    const { id, configurations } = await measureDensity(order, {
      say: () => {},
      abort: new AbortController().signal,
    });
    expect(configurations.map(({ steps }) => steps.map(({ n, converged }) => [n, converged]))).toEqual(
      new Array(2).fill([
        [1, true],
        [2, true],
        [3, true],
      ]),
    );
    const [unshare, runsc] = configurations.map(({ curve }) => curve.pss!.slope / 2 ** 20);
    expect(unshare).toBeGreaterThan(16);
    expect(unshare).toBeLessThan(24);
    expect(runsc).toBeGreaterThan(unshare!);
    expect(configurations.flatMap(({ steps }) => steps.map(({ leftovers }) => leftovers))).toEqual(
      new Array(6).fill(0),
    );
    expect(await leftBehind(before, join(tmpdir(), id), [id])).toEqual([]);
  });

  test("keeps what was measured when it is interrupted, and leaves nothing", {
    timeout: 240_000,
  }, async () => {
    const before = hostState();
    const interrupt = new AbortController();
    const say: Say = (event) => {
      if (event.type === "note" && event.message.includes("2 held")) setTimeout(() => interrupt.abort(), 500);
    };
    const result = await measureDensity(
      { ...order, cells: order.cells.slice(1) },
      { say, abort: interrupt.signal },
    );
    expect(result.interrupted).toBe(true);
    const steps = result.configurations[0]!.steps.map(({ n, reason }) => [n, reason]);
    expect(steps).toEqual([
      [1, null],
      [2, null],
      [3, "interrupted"],
    ]);
    expect(await leftBehind(before, join(tmpdir(), result.id), [result.id])).toEqual([]);
  });
});

describe.skipIf(reason !== null)("capacity storm", () => {
  test("interrupted in its midst, keeps the levels that it finished and leaves nothing", {
    timeout: 240_000,
  }, async () => {
    const before = hostState();
    const interrupt = new AbortController();
    const say: Say = (event) => {
      if (event.type === "note" && event.message.includes("1 at a time"))
        setTimeout(() => interrupt.abort(), 300);
    };
    const result = await measureStorm(
      { config, cells: order.cells.slice(1), levels: [1, 4], starts: 8, open: null, seed: "1" },
      { say, abort: interrupt.signal },
    );
    expect(result.interrupted).toBe(true);
    const [{ closed, leftovers } = { closed: [], leftovers: -1 }] = result.configurations;
    expect(closed.map(({ concurrency, summary }) => [concurrency, summary.starts, summary.failed])).toEqual([
      [1, 8, 0],
    ]);
    expect(leftovers).toBe(0);
    expect(await leftBehind(before, join(tmpdir(), result.id), [result.id])).toEqual([]);
  });
});
