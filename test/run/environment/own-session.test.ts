/** Ctrl-C at a terminal goes to its foreground process group: helper commands must not be in it. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import type { Ledger } from "../../../src/run/environment/ledger.ts";
import { makeNullNetns } from "../../../src/run/environment/null-netns.ts";
import { removeNetns } from "../../../src/run/environment/sweep.ts";
import { Wire } from "../../../src/run/environment/wire.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-session-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** Stands in for a tool of the host, and notes its process group: field 5 of proc_pid_stat(5). */
function standIn(name: string): () => number {
  const noted = join(folder, `${name}.group`);
  const script = `#!/bin/sh\nread -r _ _ _ _ group _ </proc/$$/stat\necho "$group" >'${noted}'\n`;
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
  return () => Number(readFileSync(noted, "utf8"));
}

const ledger = { runId: "r", add: () => {} } as unknown as Ledger;

test("helper commands run outside the terminal's process group", async () => {
  const ownGroup = Number(
    readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")[2],
  );
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  const groups = ["unshare", "umount", "netns"].map(standIn);
  await makeNullNetns(folder, ledger);
  await removeNetns(join(folder, "null-netns"));
  await Wire.create(join(folder, "netns"), folder, ledger);
  for (const group of groups) {
    expect(group()).toBeGreaterThan(1);
    expect(group()).not.toBe(ownGroup);
  }
});
