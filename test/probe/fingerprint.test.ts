import { expect, test } from "vitest";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import { type FingerprintOptions, readFingerprint, systemFacts } from "../../src/probe/fingerprint.ts";
import { fakeHost } from "./fake-host.ts";

const FILES = {
  "proc/cpuinfo": "processor\t: 0\nmodel name\t: Test CPU\nflags\t: fpu\n",
  "proc/loadavg": "0.10 0.10 0.10 1/9 9",
  "proc/stat": "cpu 1 1 1 96 0 0 0 1\n",
  "proc/sys/kernel/osrelease": "6.1.0",
};
const SYSTEM = {
  physicalCores: 1,
  sockets: 1,
  distribution: "Debian 12",
  memoryBytes: 8 * 2 ** 30,
  virtualHost: "",
};

function fingerprintOf(files: Record<string, string>, change: Partial<FingerprintOptions> = {}) {
  const root = fakeHost(files);
  return readFingerprint({
    root,
    cgroups: detectCgroups(root),
    versions: { runsc: "1" },
    system: SYSTEM,
    ...change,
  });
}

test("the same host has the same id", () => {
  expect(fingerprintOf(FILES).fingerprint.id).toBe(fingerprintOf(FILES).fingerprint.id);
  expect(fingerprintOf(FILES).fingerprint.id).toMatch(/^[0-9a-f]{12}$/);
});

test("load, steal and frequency do not change the id", () => {
  const busy = { ...FILES, "proc/loadavg": "9.00 9.00 9.00 9/9 9", "proc/stat": "cpu 900 1 1 5 0 0 0 90\n" };
  expect(fingerprintOf(busy).fingerprint.id).toBe(fingerprintOf(FILES).fingerprint.id);
  expect(fingerprintOf(busy).notes).not.toEqual(fingerprintOf(FILES).notes);
});

test.each([
  ["the kernel", { "proc/sys/kernel/osrelease": "6.2.0" }],
  [
    "a mitigation",
    { "sys/devices/system/cpu/vulnerabilities/retbleed": "Mitigation: untrained return thunk" },
  ],
  ["huge pages", { "sys/kernel/mm/transparent_hugepage/enabled": "[always] madvise never" }],
  ["the processor", { "proc/cpuinfo": "processor\t: 0\nmodel name\t: Other CPU\nflags\t: fpu\n" }],
])("%s is part of the id", (_, change) => {
  expect(fingerprintOf({ ...FILES, ...change }).fingerprint.id).not.toBe(fingerprintOf(FILES).fingerprint.id);
});

test("the version of runsc is part of the id", () => {
  const other = fingerprintOf(FILES, { versions: { runsc: "2" } });
  expect(other.fingerprint.id).not.toBe(fingerprintOf(FILES).fingerprint.id);
  expect(other.fingerprint.fields["version.runsc"]).toBe("2");
});

test("systeminformation answers for this host", async () => {
  const facts = await systemFacts();
  expect(facts.physicalCores).toBeGreaterThan(0);
  expect(facts.memoryBytes).toBeGreaterThan(2 ** 20);
});
