import { beforeAll, expect, test, vi } from "vitest";
import { history } from "../../src/use-cases/history.ts";
import { fakeConfig, recordingContext, runFake, useFolder } from "./lab.ts";

vi.mock("../../src/use-cases/probe-host.ts", async () => (await import("./fake-host.ts")).FAKE_HOST);
vi.mock("../../src/report/run/write-report.ts", async () => (await import("./fake-host.ts")).NO_PAGES);

const folder = useFolder();
const asked = () => ({
  ...{ config: fakeConfig(folder.path), metric: "getpid", cells: ["*net=none*"] },
  ...{ fingerprint: null, last: null, minChange: 0.05, parquet: false },
});
beforeAll(async () => {
  for (let count = 0; count < 3; count += 1) await runFake(fakeConfig(folder.path));
});

test("a metric over all stored runs, of the cells that were asked for", async () => {
  const { view, parquet } = await history(asked(), recordingContext());
  expect(view?.series.map(({ cell, points }) => [cell, points.length])).toEqual([
    ["fake/net=none/seccomp=none::syscalls", 3],
  ]);
  expect(parquet).toBeNull();
});

test("the launches as a table, whose file is the caller's to write", async () => {
  const { parquet } = await history({ ...asked(), parquet: true, last: 2 }, recordingContext());
  expect(parquet).toMatchObject({ rows: 14, runs: 2 });
  expect(
    Buffer.from(parquet?.content ?? [])
      .subarray(0, 4)
      .toString(),
  ).toBe("PAR1");
});

test("without a metric there is a table of all of them, and nothing to show", async () => {
  const { view, parquet } = await history({ ...asked(), metric: null, parquet: true }, recordingContext());
  expect(view).toBeNull();
  expect(parquet?.rows).toBeGreaterThan(21 * 20);
});

test("a metric that no run has is answered with the nearest", async () => {
  await expect(history({ ...asked(), metric: "getpit" }, recordingContext())).rejects.toMatchObject({
    why: expect.stringContaining('"getpid"'),
  });
});
