import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WORKS } from "../../src/probe/answer.ts";
import { readProbeCache, type Trials, writeProbeCache } from "../../src/probe/probe-cache.ts";
import { temporaryFolder } from "./fake-host.ts";

const platform = (name: "systrap" | "ptrace" | "kvm") => ({
  platform: name,
  ...WORKS,
  elapsedMs: 90,
  evidence: "",
});
const TRIALS: Trials = {
  platforms: { systrap: platform("systrap"), ptrace: platform("ptrace"), kvm: platform("kvm") },
  sandboxes: { native: WORKS, unshare: WORKS, bwrap: WORKS, crun: WORKS, runc: WORKS, runsc: WORKS },
  networks: { none: WORKS, host: WORKS, sandbox: WORKS },
  netstack: WORKS,
};
const SAVED_AT = "2026-09-01T12:00:00.000Z";
const later = (days: number) => new Date(Date.parse(SAVED_AT) + days * 24 * 3600 * 1000);

function filled(): string {
  const folder = join(temporaryFolder(), "probes");
  writeProbeCache(folder, "abc", "root", { savedAt: SAVED_AT, trials: TRIALS });
  return folder;
}

test("gives back what was remembered", () => {
  expect(readProbeCache(filled(), "abc", "root", later(1))).toEqual({
    savedAt: SAVED_AT,
    tried: ["systrap", "ptrace", "kvm"],
    trials: TRIALS,
  });
});

test("another fingerprint and other circumstances are asked anew", () => {
  const folder = filled();
  expect(readProbeCache(folder, "def", "root", later(1))).toBeNull();
  expect(readProbeCache(folder, "abc", "plain user", later(1))).toBeNull();
});

test("after 7 days it is asked anew", () => {
  const folder = filled();
  expect(readProbeCache(folder, "abc", "root", later(6.9))).not.toBeNull();
  expect(readProbeCache(folder, "abc", "root", later(7.1))).toBeNull();
});

test("an answer from the future (a clock set back) is asked anew", () => {
  expect(readProbeCache(filled(), "abc", "root", later(-1))).toBeNull();
});

test.each([
  ["cut off", (text: string) => text.slice(0, 100)],
  ["empty", () => ""],
  ["of another schema", (text: string) => text.replace(/probe@\d/, "probe@0")],
  [
    "without a platform",
    (text: string) => text.replace('"ptrace"', '"other"').replace('"status": "works"', '"status": 1'),
  ],
  ["no object", () => "null"],
])("a file that is %s is ignored, and written anew", (_, damage) => {
  const folder = filled();
  const path = join(folder, "abc.json");
  writeFileSync(path, damage(readFileSync(path, "utf8")));
  expect(readProbeCache(folder, "abc", "root", later(1))).toBeNull();
  writeProbeCache(folder, "abc", "root", { savedAt: SAVED_AT, trials: TRIALS });
  expect(readProbeCache(folder, "abc", "root", later(1))).not.toBeNull();
});

test("leaves no half-written file beside it", () => {
  expect(readdirSync(filled())).toEqual(["abc.json"]);
});

test("a folder that can't be written costs only time", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() =>
    writeProbeCache(join(file, "probes"), "abc", "root", { savedAt: SAVED_AT, trials: TRIALS }),
  ).not.toThrow();
});
