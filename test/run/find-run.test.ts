import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { findRun, runsByStart } from "../../src/run/find-run.ts";
import { findUnfinished } from "../../src/run/find-unfinished.ts";
import { makeRunFolder, pointLatest, writeManifest } from "../../src/run/run-folder.ts";
import { RUN_SCHEMA, type RunManifest } from "../../src/samples/run-manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-find-run-"));
afterAll(() => rmSync(folder, { recursive: true }));

let out = "";
let number = 0;
beforeEach(() => {
  out = join(folder, String(++number));
});

function run(runId: string, startedAt: string, named = runId, endedAt: string | null = startedAt): string {
  const dir = join(out, named);
  makeRunFolder(dir);
  writeManifest(dir, { schema: RUN_SCHEMA, runId, startedAt, endedAt } as RunManifest);
  return dir;
}

/** As an upload leaves it: a copy of the run that `latest` was a link to, with an older time than the newest. */
function copyLatest(dir: string): void {
  cpSync(dir, join(out, "latest"), { recursive: true });
}

describe("latest that is no link", () => {
  test("stands for the newest run by its manifest, whatever its folder is called, and that is said", () => {
    const old = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z");
    const renamed = run("20260103-000000-cccc", "2026-01-03T00:00:00Z", "0-renamed");
    run("20260102-000000-bbbb", "2026-01-02T00:00:00Z");
    copyLatest(old);
    for (const named of ["latest", join(out, "latest"), `${join(out, "latest")}/`]) {
      const found = findRun(named, out);
      expect(found?.dir).toBe(renamed);
      expect(found?.remark).toContain(
        "latest is a folder and not a link; taken is the newest run by its manifest",
      );
      expect(found?.remark).toContain("20260103-000000-cccc");
    }
  });

  test("was left out, or points to a run that is gone", () => {
    const dir = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z");
    expect(findRun("latest", out)).toMatchObject({ dir, remark: expect.stringContaining("there is no ") });
    symlinkSync("20250101-000000-gone", join(out, "latest"));
    expect(findRun("latest", out)?.dir).toBe(dir);
  });

  test("may be the newest run itself", () => {
    const dir = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z", "latest");
    expect(findRun("latest", out)).toMatchObject({
      dir,
      remark: expect.stringContaining("20260101-000000-aaaa"),
    });
  });

  test("is counted once with the run that it is a copy of", () => {
    const dir = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z");
    copyLatest(dir);
    expect(runsByStart(out).map((one) => one.dir)).toEqual([dir]);
  });
});

test("a link is what it points to, and nothing needs to be said", () => {
  const old = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z");
  run("20260102-000000-bbbb", "2026-01-02T00:00:00Z");
  pointLatest(old);
  expect(findRun("latest", out)).toEqual({ dir: old, remark: null });
});

test("without runs there is none", () => {
  expect([findRun("latest", out), findRun("x", out)]).toEqual([null, null]);
});

test("the run to resume is the newest by its manifest, and latest is resolved for it as for all", () => {
  const old = run("20260101-000000-aaaa", "2026-01-01T00:00:00Z", undefined, null);
  const newest = run("20260102-000000-bbbb", "2026-01-02T00:00:00Z", "0-renamed", null);
  copyLatest(old);
  expect(basename(findUnfinished(out, null).dir)).toBe(basename(newest));
  expect(findUnfinished(out, "latest")).toMatchObject({
    dir: newest,
    remark: expect.stringContaining("bbbb"),
  });
});
