import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Configuration } from "../../src/plan/cell.ts";
import type { HostProbe } from "../../src/probe/probe-host.ts";
import { availabilityOn, missingGenerated } from "../../src/sandbox/availability.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-availability-"));
afterAll(() => rmSync(folder, { recursive: true }));

const WORKS = { status: "works", reason: null, fix: null };
const HANGS = { status: "unavailable", reason: "kvm hangs here", fix: "" };

function host(isRoot: boolean): HostProbe {
  return {
    isRoot,
    platforms: { systrap: WORKS, ptrace: WORKS, kvm: HANGS },
    sandboxes: { native: WORKS, unshare: WORKS, runc: WORKS, runsc: WORKS },
    networks: { none: WORKS, host: WORKS, sandbox: WORKS },
    netstack: WORKS,
  } as unknown as HostProbe;
}

const config = (values: Partial<Configuration>): Configuration => ({
  sandbox: "runc",
  platform: null,
  network: "none",
  seccomp: "none",
  ...values,
});

const reasonOf = async (values: Partial<Configuration>, isRoot = true) =>
  (await availabilityOn(host(isRoot), [values.seccomp ?? "none"]))(config(values));

test("what works has no reason", async () => {
  expect(await reasonOf({})).toBeNull();
  expect(await reasonOf({ sandbox: "runsc", platform: "systrap" })).toBeNull();
});

test("a platform that hangs has the probe's reason", async () => {
  expect(await reasonOf({ sandbox: "runsc", platform: "kvm" })).toBe("kvm hangs here");
});

test("network=sandbox needs root, but for the fake driver", async () => {
  expect(await reasonOf({ network: "sandbox" }, false)).toMatch(/needs root/);
  expect(await reasonOf({ network: "sandbox" })).toBeNull();
  expect(await reasonOf({ sandbox: "fake", network: "sandbox" }, false)).toBeNull();
});

test("a profile that does not exist makes its cells unavailable, with the reason", async () => {
  expect(await reasonOf({ seccomp: join(folder, "none.json") })).toContain(join(folder, "none.json"));
});

test("a filter that runsc's dialect refuses is unavailable under runsc only", async () => {
  const file = join(folder, "traps.json");
  const profile = { defaultAction: "SCMP_ACT_NOTIFY", architectures: ["SCMP_ARCH_X86_64"], syscalls: [] };
  writeFileSync(file, JSON.stringify(profile));
  expect(await reasonOf({ sandbox: "runsc", platform: "systrap", seccomp: file })).toMatch(
    /runsc would refuse/,
  );
});

test("a filter that was never recorded names the command that records it", () => {
  expect(missingGenerated("startup", folder)).toContain("sbx-bench seccomp record startup");
  writeFileSync(join(folder, "seccomp.json"), "{}");
  expect(missingGenerated("startup", folder)).toBeNull();
  expect(missingGenerated("program", folder, true)).toMatch(
    /runs any program, so no filter can be generated/,
  );
});
