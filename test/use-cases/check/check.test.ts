import { beforeAll, describe, expect, test, vi } from "vitest";
import { keepAsBaseline } from "../../../src/use-cases/baseline.ts";
import { check } from "../../../src/use-cases/check/check.ts";
import { fakeConfig, recordingContext, runFake, useFolder } from "../lab.ts";

vi.mock("../../../src/use-cases/probe-host.ts", async () => (await import("../fake-host.ts")).FAKE_HOST);
vi.mock("../../../src/report/run/write-report.ts", async () => (await import("../fake-host.ts")).NO_PAGES);

const folder = useFolder();
const asked = (baseline: string | null) => ({
  ...{ config: fakeConfig(folder.path, { rounds: 14 }), run: "latest", baseline },
  ...{ allowUnlike: false, strict: false, untilClear: null },
});

beforeAll(async () => {
  const config = fakeConfig(folder.path, { rounds: 14 });
  const { dir } = await runFake(config);
  const kept = { name: "main", run: dir, out: config.out, dir: config.baselines, force: false };
  await keepAsBaseline(kept, recordingContext());
});

describe("the gate against a baseline", () => {
  test("passes a run of the same configuration", async () => {
    await runFake(fakeConfig(folder.path, { rounds: 14 }));
    const checked = await check(asked("main"), recordingContext());
    expect(checked.outcome).toBe("done");
    expect(checked.comparison.metrics.length).toBeGreaterThan(20);
  });

  test("finds a cell that got twice as slow, and no other", async () => {
    await runFake(fakeConfig(folder.path, { rounds: 14 }), recordingContext(), [
      { cells: "*net=host*", kind: "slow", factor: 2 },
    ]);
    const { outcome, comparison } = await check(asked("main"), recordingContext());
    expect(outcome).toBe("worse");
    const worse = new Set(
      comparison.metrics.filter(({ verdict }) => verdict === "worse").map(({ cell }) => cell),
    );
    expect([...worse]).toEqual(["fake/net=host/seccomp=none::syscalls"]);
  });

  test("tells cells that failed from cells that got worse", async () => {
    await runFake(fakeConfig(folder.path, { rounds: 14 }), recordingContext(), [
      { cells: "*net=host*", kind: "crash" },
    ]);
    const { outcome, failed } = await check(asked("main"), recordingContext());
    expect(["worse", "someCellsFailed"]).toContain(outcome);
    expect(failed).toEqual(["fake/net=host/seccomp=none::syscalls"]);
  });

  test("answers an unknown baseline with those that there are", async () => {
    await expect(check(asked("mian"), recordingContext())).rejects.toMatchObject({
      what: expect.stringContaining("mian"),
      why: expect.stringContaining("main"),
      exitCode: 2,
    });
  });

  test("needs two sides where no baseline is named", async () => {
    await expect(check(asked(null), recordingContext())).rejects.toMatchObject({
      what: expect.stringContaining("has no two sides"),
    });
  });
});

test("rounds are added until the intervals are narrow enough, at most as many as allowed", async () => {
  await runFake(fakeConfig(folder.path, { rounds: 14 }));
  const context = recordingContext();
  const checked = await check({ ...asked("main"), untilClear: { maxRounds: 16, budgetMs: null } }, context);
  const launched = context.events.filter((event) => event.type === "run" && event.event.type === "launched");
  expect(launched.length).toBe(4);
  expect(checked.comparison.warnings.join()).toContain("--until-clear ended at 16 of at most 16 rounds");
});
