import { expect, test, vi } from "vitest";
import { plan } from "../../../src/use-cases/plan/plan.ts";
import { fakeConfig, recordingContext, runFake, useFolder } from "../lab.ts";

vi.mock("../../../src/use-cases/probe-host.ts", async () => (await import("../fake-host.ts")).FAKE_HOST);
vi.mock("../../../src/report/run/write-report.ts", async () => (await import("../fake-host.ts")).NO_PAGES);

const folder = useFolder();

test("every cell has its place, and the time is learned from runs of this host", async () => {
  const config = fakeConfig(folder.path);
  const asked = { config, cells: [], fresh: false };
  const before = await plan(asked, recordingContext());
  expect(before.cells.map(({ status }) => status)).toEqual(["planned", "planned"]);
  expect(before.estimate.learnedShare).toBe(0);
  await runFake(config);
  const after = await plan(asked, recordingContext());
  expect(after.estimate.learnedShare).toBe(1);
  expect(after.estimate.totalMs).toBeLessThan(before.estimate.totalMs);
});

test("a glob that matches no cell is refused", async () => {
  const asked = { config: fakeConfig(folder.path), cells: ["runcs/*"], fresh: false };
  await expect(plan(asked, recordingContext())).rejects.toMatchObject({ what: "No cell matches runcs/*" });
});
