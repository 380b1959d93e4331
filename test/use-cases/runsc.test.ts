import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runscFolder } from "../../src/probe/runsc-store.ts";
import { installVersion, listRunscs } from "../../src/use-cases/runsc.ts";
import { recordingContext, useFolder } from "./lab.ts";

useFolder();
afterEach(() => vi.unstubAllEnvs());

test("lists what is installed with its checksum, and marks the one that a run takes", async () => {
  const folder = join(runscFolder(process.env), "runsc-test");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "runsc");
  writeFileSync(path, "#!/bin/sh\necho 'runsc version test-1'\necho 'spec: 1.1.0'\n");
  chmodSync(path, 0o755);
  vi.stubEnv("SBX_RUNSC", path);
  const rows = await listRunscs();
  expect(rows.filter((row) => row.default).map((row) => row.path)).toEqual([path]);
  expect(rows.find((row) => row.path === path)).toMatchObject({ version: "test-1", changed: false });
  expect(rows.find((row) => row.path === path)?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("refuses a release's tag, which is no version of a Go module, before it asks anybody", async () => {
  const context = recordingContext();
  await expect(installVersion({ version: "release-20240729.0", force: false }, context)).rejects.toThrow(
    /release-20240729/,
  );
  expect(context.events).toEqual([]);
});
