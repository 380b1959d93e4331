import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { type Cell, cellId } from "../../src/plan/cell.ts";
import { estimateCellMs, estimateRun, learnDuration } from "../../src/plan/estimate.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";

function cell(sandbox: Configuration["sandbox"], scenario: string, status: Cell["status"] = "planned"): Cell {
  const config: Configuration = { sandbox, platform: null, network: "none", seccomp: "none" };
  return { id: cellId(config, scenario), config, scenario, status, reason: null };
}

const runc = cell("runc", "files");
const native = cell("native", "files");

test("what was learned wins over the guess", () => {
  expect(estimateCellMs(runc, { [runc.id]: 1234 })).toBe(1234);
});

test("without knowledge a sandbox is guessed dearer than none, and start-up alone cheaper than work", () => {
  expect(estimateCellMs(runc, {})).toBeGreaterThan(estimateCellMs(native, {}));
  expect(estimateCellMs(cell("runc", "startup"), {})).toBeLessThan(estimateCellMs(runc, {}));
});

describe("a run", () => {
  test("takes its rounds times what its planned cells take", () => {
    const cells = [runc, native, cell("unshare", "files", "excluded")];
    expect(estimateRun(cells, 3, { [runc.id]: 100, [native.id]: 20 })).toEqual({
      totalMs: 360,
      learnedShare: 1,
    });
  });

  test("a twin takes what its cell took", () => {
    const twin = { ...runc, id: `${runc.id}~twin`, twinOf: runc.id };
    expect(estimateRun([runc, twin], 3, { [runc.id]: 100 })).toEqual({ totalMs: 600, learnedShare: 1 });
  });

  test("says how much of its estimate was learned", () => {
    expect(estimateRun([runc, native], 1, { [runc.id]: 100 }).learnedShare).toBe(0.5);
    expect(estimateRun([], 1, {})).toEqual({ totalMs: 0, learnedShare: 0 });
  });
});

test.each(["sample", "sample-upgrade"])(
  "the guess for the plan of reports/%s is what it took within 20 %%",
  (name) => {
    const text = readFileSync(new URL(`../../reports/${name}/run.json`, import.meta.url), "utf8");
    const { cells, rounds, harness } = JSON.parse(text) as RunManifest;
    const guess = estimateRun(cells, rounds, {}).totalMs / harness.wallMs;
    expect(guess).toBeGreaterThan(0.8);
    expect(guess).toBeLessThan(1.2);
  },
);

describe("learning", () => {
  test("the first launch is believed", () => {
    expect(learnDuration(undefined, 50)).toBe(50);
  });

  test("one slow launch moves the estimate a little, many move it all the way", () => {
    expect(learnDuration(100, 200)).toBe(120);
    let learned = 100;
    for (let launch = 0; launch < 50; launch += 1) learned = learnDuration(learned, 200);
    expect(learned).toBeCloseTo(200, 1);
  });
});
