import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { report } from "../../src/use-cases/report.ts";
import type { Ran } from "../../src/use-cases/run/run.ts";
import { fakeConfig, recordingContext, runFake, useFolder } from "./lab.ts";

vi.mock("../../src/use-cases/probe-host.ts", async () => (await import("./fake-host.ts")).FAKE_HOST);

const folder = useFolder();
let ran: Ran;
beforeAll(async () => {
  ran = await runFake(fakeConfig(folder.path));
  // Drawing is slow on a busy host.
}, 60_000);
const asked = () => ({ config: fakeConfig(folder.path), run: "latest", side: null });

test("a stored run is summarised as it was when it was measured", async () => {
  const { summary, dir } = await report({ ...asked(), write: null }, recordingContext());
  expect(dir).toBe(ran.dir);
  expect(summary.cells).toEqual(ran.summary.cells);
});

test("its pages are written where they are wanted, and only there", async () => {
  rmSync(ran.files.html);
  expect((await report({ ...asked(), write: null }, recordingContext())).files).toBeNull();
  expect(existsSync(ran.files.html)).toBe(false);
  const { files } = await report({ ...asked(), write: { charts: false } }, recordingContext());
  expect(files?.html).toBe(ran.files.html);
  expect(existsSync(ran.files.html)).toBe(true);
});

test("a side is refused where there are none", async () => {
  await expect(report({ ...asked(), side: "a", write: null }, recordingContext())).rejects.toMatchObject({
    what: expect.stringContaining("has no side a"),
  });
});

test("a run whose launches are gone keeps the report that it has", async () => {
  const file = join(ran.dir, "launches.ndjson");
  const launches = readFileSync(file);
  const before = readFileSync(ran.files.summary, "utf8");
  rmSync(file);
  await expect(report({ ...asked(), write: { charts: false } }, recordingContext())).rejects.toMatchObject({
    what: expect.stringContaining("are missing"),
  });
  expect(readFileSync(ran.files.summary, "utf8")).toBe(before);
  writeFileSync(file, launches);
});
