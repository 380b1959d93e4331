import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cacheDir } from "../../src/base/cache-folder.ts";
import { floorsFor, hasFloor, keepFloors } from "../../src/use-cases/noise-floors.ts";
import { madeRun, RUNSC } from "../check/sides.ts";

const CELL = "runsc/systrap/net=none/seccomp=none::syscalls";
const KEY = `${CELL}::getpid`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sbx-floors-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** With a twin that differs by 4 %, or without twins. */
function run(runId: string, startedAt: string, isTwinned = true) {
  const cells = [
    { config: RUNSC },
    ...(isTwinned ? [{ config: RUNSC, twin: true, metrics: { getpid: 104 } }] : []),
  ];
  return madeRun({ label: runId, cells, manifest: { startedAt } });
}

function writeOld(floors: unknown): string {
  const file = cacheDir("noise-floors", "f00d-quick.json");
  mkdirSync(dirname(file), { recursive: true });
  const content = { schema: "sbx-bench/noise-floors@1", fingerprint: "f00d", preset: "quick", floors };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("what a run's twins say is known to later runs, and not for ever", () => {
  const learned = run("learned", "2026-01-01T00:00:00Z");
  expect(keepFloors(folder, learned.manifest, learned.launches)).toBe(1);
  const share = (startedAt: string) => floorsFor(run("later", startedAt, false).manifest, [])[KEY]?.share;
  expect(share("2026-01-05T00:00:00Z")).toBeCloseTo(0.045, 2);
  expect(share("2026-03-01T00:00:00Z")).toBeUndefined();
  const known = (startedAt: string) => hasFloor(run("later", startedAt, false).manifest)(CELL);
  expect([known("2026-01-05T00:00:00Z"), known("2026-01-20T00:00:00Z")]).toEqual([true, false]);
  expect(JSON.parse(readFileSync(join(folder, "aa.json"), "utf8")).floors[KEY]).toMatchObject({ rounds: 15 });
});

test("a file of an earlier version is read, as old as its run's id says", () => {
  writeOld({ [KEY]: { share: 0.3, rounds: 15, runId: "20260101-120000-abcd" } });
  const floor = floorsFor(run("later", "2026-01-02T00:00:00Z", false).manifest, [])[KEY];
  expect(floor).toMatchObject({ share: 0.3, rounds: 15, measuredAt: "2026-01-01T12:00:00.000Z" });
  expect(floorsFor(run("much later", "2026-04-01T00:00:00Z", false).manifest, [])).toEqual({});
});

test("... or as its file, where the id has no time", () => {
  const file = writeOld({ [KEY]: { share: 0.3, rounds: 15, runId: "mine" } });
  utimesSync(file, new Date("2026-01-01T00:00:00Z"), new Date("2026-01-01T00:00:00Z"));
  const { manifest } = run("later", "2026-01-02T00:00:00Z", false);
  expect(floorsFor(manifest, [])[KEY]?.measuredAt).toBe("2026-01-01T00:00:00.000Z");
});

test("a file that can't be read, or of another version, is nothing", () => {
  const { manifest } = run("later", "2026-01-02T00:00:00Z", false);
  const file = writeOld({});
  writeFileSync(file, "{ half");
  expect(floorsFor(manifest, [])).toEqual({});
  writeFileSync(file, JSON.stringify({ schema: "sbx-bench/noise-floors@9" }));
  expect(floorsFor(manifest, [])).toEqual({});
});
