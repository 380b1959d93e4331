import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { findUnfinished } from "../../src/run/find-unfinished.ts";
import { makeRunFolder, newRunId, pointLatest, writeManifest } from "../../src/run/run-folder.ts";
import { RUN_SCHEMA, type RunManifest } from "../../src/samples/run-manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-runs-"));
afterAll(() => rmSync(folder, { recursive: true }));

let out = "";
let number = 0;
beforeEach(() => {
  number += 1;
  out = join(folder, String(number));
});

function run(runId: string, endedAt: string | null): string {
  const dir = join(out, runId);
  makeRunFolder(dir);
  writeManifest(dir, { schema: RUN_SCHEMA, runId, endedAt } as RunManifest);
  return dir;
}

function refusal(action: () => unknown): SbxError {
  try {
    action();
  } catch (error) {
    if (error instanceof SbxError) return error;
    throw error;
  }
  return expect.unreachable();
}

test("a run's id sorts by time", () => {
  const first = newRunId(new Date("2026-01-02T03:04:05Z"));
  expect(first).toMatch(/^20260102-030405-[0-9a-f]{4}$/);
  expect(first < newRunId(new Date("2026-01-02T03:04:06Z"))).toBe(true);
});

describe("the run to resume", () => {
  test("is the newest that was interrupted", () => {
    run("20260101-000000-aaaa", null);
    run("20260102-000000-bbbb", null);
    run("20260103-000000-cccc", "2026-01-03T00:01:00Z");
    expect(findUnfinished(out, null).manifest.runId).toBe("20260102-000000-bbbb");
  });

  test("is found beside folders that are no runs or can't be read", () => {
    run("20260101-000000-aaaa", null);
    mkdirSync(join(out, "notes"));
    mkdirSync(join(out, "zzz"));
    writeFileSync(join(out, "zzz", "run.json"), "{ half");
    mkdirSync(join(out, "yyy"));
    writeFileSync(join(out, "yyy", "run.json"), '{"schema":"sbx-bench/run@9"}');
    expect(findUnfinished(out, null).manifest.runId).toBe("20260101-000000-aaaa");
  });

  test("can be named by its id, its folder or a link to it", () => {
    const dir = run("20260101-000000-aaaa", null);
    pointLatest(dir);
    for (const named of ["20260101-000000-aaaa", dir, join(out, "latest"), "latest"]) {
      expect(findUnfinished(out, named).dir).toBe(dir);
    }
  });

  test("is not one that ended", () => {
    run("20260103-000000-cccc", "2026-01-03T00:01:00Z");
    expect(refusal(() => findUnfinished(out, "20260103-000000-cccc")).why).toContain("nothing is missing");
    expect(refusal(() => findUnfinished(out, null)).what).toBe("There is no run to resume");
  });

  test("is not one that does not exist", () => {
    const error = refusal(() => findUnfinished(out, "nothing"));
    expect(error.what).toBe("There is no run nothing");
    expect(error.exitCode).toBe(2);
  });

  test("named explicitly and unreadable, says why", () => {
    mkdirSync(join(out, "yyy"), { recursive: true });
    writeFileSync(join(out, "yyy", "run.json"), '{"schema":"sbx-bench/run@9"}');
    expect(refusal(() => findUnfinished(out, "yyy")).why).toContain("sbx-bench/run@9");
  });
});

describe("latest", () => {
  test("points to the newest run, and is replaced in one step", () => {
    expect(pointLatest(run("20260101-000000-aaaa", null))).toBe(true);
    expect(pointLatest(run("20260102-000000-bbbb", null))).toBe(true);
    expect(readlinkSync(join(out, "latest"))).toBe("20260102-000000-bbbb");
  });

  test("a folder of that name is left alone, and nothing temporary stays", () => {
    const dir = run("20260101-000000-aaaa", null);
    mkdirSync(join(out, "latest"));
    expect(pointLatest(dir)).toBe(false);
    expect(readdirSync(out).toSorted()).toEqual(["20260101-000000-aaaa", "latest"]);
  });

  test("a link that leads nowhere is replaced", () => {
    const dir = run("20260101-000000-aaaa", null);
    symlinkSync("gone", join(out, "latest"));
    expect(pointLatest(dir)).toBe(true);
  });
});

test("a folder that can't be made is an error of the environment", () => {
  writeFileSync(out, "a file where the folder should be");
  const error = refusal(() => makeRunFolder(join(out, "run")));
  expect(error.exitCode).toBe(4);
  expect(error.fix).toContain("--out");
});
