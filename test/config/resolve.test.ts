import { describe, expect, test } from "vitest";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";

const resolve = (file: BenchConfig, flags: BenchConfig = {}) =>
  resolveConfig(file, flags, "bench.config.ts", "/project");

describe("precedence", () => {
  test("without any setting the defaults hold", () => {
    const config = resolve({});
    expect(config).toMatchObject({
      preset: "standard",
      rounds: 15,
      seed: "1",
      out: "/project/reports",
      limits: { launchMs: 60_000, outputBytes: 16 * 2 ** 20, memoryBytes: 2 ** 31, pids: 4096, cpus: null },
    });
    expect(config.matrix.sandbox).toEqual(["native", "unshare", "runc", "runsc"]);
  });

  test("the preset wins over the defaults", () => {
    expect(resolve({ preset: "quick" }).rounds).toBe(11);
    expect(resolve({ preset: "full" }).rounds).toBe(30);
  });

  test("the file wins over the preset", () => {
    expect(resolve({ preset: "full", rounds: 3 }).rounds).toBe(3);
  });

  test("the command line wins over the file, value by value", () => {
    const config = resolve(
      { rounds: 3, seed: "file", matrix: { sandbox: ["runc"], network: ["none"] }, limits: { pids: 70 } },
      { rounds: 5, matrix: { sandbox: ["native"] }, limits: { launchSeconds: 1 } },
    );
    expect(config).toMatchObject({
      rounds: 5,
      seed: "file",
      matrix: { sandbox: ["native"], network: ["none"] },
      limits: { pids: 70, launchMs: 1000 },
    });
  });

  test("a preset on the command line brings its rounds, unless the file says them", () => {
    expect(resolve({ preset: "full" }, { preset: "quick" }).rounds).toBe(11);
    expect(resolve({ rounds: 4 }, { preset: "quick" }).rounds).toBe(4);
  });

  test("null takes a limit away; leaving it out keeps the default", () => {
    expect(resolve({ limits: { memoryMiB: null } }).limits.memoryBytes).toBeNull();
    expect(resolve({ limits: {} }).limits.memoryBytes).toBe(2 ** 31);
  });
});

test("a share is 10% or 0.1, and a limit may be more than all of it", () => {
  const { check, precision } = resolve({ check: { maxRegression: "150%" }, precision: "0.1" });
  expect([check.maxRegression, precision]).toEqual([1.5, 0.1]);
  expect(resolve({ check: { maxRegression: "10%" }, precision: 0.1 })).toMatchObject({
    check: { maxRegression: 0.1 },
    precision: 0.1,
  });
});

describe("exclusions", () => {
  test("those of the file, the command line and the preset all hold, each with a reason", () => {
    const { exclude } = resolve(
      { preset: "quick", exclude: ["*::cpu", { cells: "runc/*", reason: "not used here" }] },
      { exclude: ["*::files"] },
    );
    expect(exclude.slice(0, 3)).toEqual([
      { cells: "*::cpu", reason: "excluded by the configuration" },
      { cells: "runc/*", reason: "not used here" },
      { cells: "*::files", reason: "excluded by the configuration" },
    ]);
    expect(exclude.length).toBeGreaterThan(3);
    expect(exclude.every((entry) => entry.reason.length > 0)).toBe(true);
  });
});

describe("scenarios", () => {
  test("one scenario can be used twice under two names", () => {
    const uses = [{ use: "files", as: "files-big", params: { opMs: 9 } }, "files"];
    expect(resolve({ scenarios: uses }).scenarios).toEqual([
      { use: "files", as: "files-big", params: { opMs: 9 } },
      { use: "files", as: "files", params: {} },
    ]);
  });
});

describe("paths", () => {
  test("a relative one starts at the folder of the file", () => {
    const config = resolve({ out: "runs", scenarioDir: "../mine" });
    expect(config.out).toBe("/project/runs");
    expect(config.scenarioDir).toBe("/mine");
  });

  test("a filter's path starts at the configuration's folder, its name stays, and so does +tree", () => {
    const seccomp = ["none", "default+tree", "own.json", "profiles/own", "own.json+tree"];
    expect(resolve({ matrix: { seccomp } }).matrix.seccomp).toEqual([
      "none",
      "default+tree",
      "own.json",
      "profiles/own",
      "own.json+tree",
    ]);
  });
});

test("a value listed twice counts once", () => {
  expect(resolve({ matrix: { network: ["none", "none", "host"] } }).matrix.network).toEqual(["none", "host"]);
});

test("a seed is a text, whether written as one or as a number", () => {
  expect(resolve({ seed: 7 }).seed).toBe("7");
});
