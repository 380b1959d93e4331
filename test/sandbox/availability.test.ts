import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
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
    tools: { runc: { path: null } },
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
  (await availabilityOn(host(isRoot), axis(values.seccomp ?? "none")))(config(values));

const axis = (seccomp: string) =>
  ({ matrix: { seccomp: [seccomp] }, filters: {} }) as unknown as Parameters<typeof availabilityOn>[1];

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

/** Written into the folder; its path. */
function profileFile(name: string, profile: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ defaultAction: "SCMP_ACT_ALLOW", ...profile }));
  return file;
}

test("a file that is no profile is refused with its path: it is the user's to mend", async () => {
  const file = profileFile("none.json", { defaultAction: "ALLOW" });
  await expect(reasonOf({ seccomp: file })).rejects.toThrow(`${file} is not a seccomp profile`);
});

test("a filter that asks an agent is unavailable where nobody would answer", async () => {
  const syscalls = [{ names: ["mount"], action: "SCMP_ACT_NOTIFY" }];
  const seccomp = profileFile("asks.json", { listenerPath: join(folder, "agent.sock"), syscalls });
  expect(await reasonOf({ sandbox: "runsc", platform: "systrap", seccomp })).toMatch(
    /does not know SCMP_ACT_NOTIFY/,
  );
  expect(await reasonOf({ sandbox: "unshare", seccomp })).toMatch(/launcher does not supervise/);
  expect(await reasonOf({ sandbox: "runc", seccomp })).toMatch(/there is no socket .*agent\.sock/);
  const agent = createServer().listen(join(folder, "agent.sock"));
  await once(agent, "listening");
  expect(await reasonOf({ sandbox: "runc", seccomp })).toBeNull();
  agent.close();
});

test("a socket that nobody listens on any more is seen", async () => {
  const path = join(folder, "stale.sock");
  execFileSync("python3", [
    "-c",
    `import socket; socket.socket(socket.AF_UNIX).bind(${JSON.stringify(path)})`,
  ]);
  const syscalls = [{ names: ["mount"], action: "SCMP_ACT_NOTIFY" }];
  const seccomp = profileFile("stale.json", { listenerPath: path, syscalls });
  expect(await reasonOf({ sandbox: "runc", seccomp })).toMatch(/nobody listens on .*stale\.sock/);
});

test("a filter that was never recorded names the command that records it", () => {
  expect(missingGenerated("startup", folder)).toContain("sbx-bench seccomp generate startup");
  writeFileSync(join(folder, "seccomp.json"), "{}");
  expect(missingGenerated("startup", folder)).toBeNull();
  expect(missingGenerated("program", folder, true)).toMatch(
    /runs any program, so no filter can be generated/,
  );
});
