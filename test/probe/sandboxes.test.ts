import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import { readPrivileges } from "../../src/probe/privileges.ts";
import { type SandboxOptions, tryNamespaces, tryRunc, tryVeth } from "../../src/probe/sandboxes.ts";
import { findTools, type Tool } from "../../src/probe/tools.ts";
import { makeTrialBundle } from "../../src/probe/trial-bundle.ts";
import { containedHere } from "./contained-here.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";

const tools = await findTools();
const cgroups = detectCgroups();

function options(): SandboxOptions {
  const contained = containedHere(10_000);
  const bundle = makeTrialBundle(temporaryFolder(), null, contained.rootless);
  onTestFinished(bundle.remove);
  return { ...contained, bundle, privileges: readPrivileges() };
}

function tool(name: "runc" | "ip", path: string | null): Tool {
  return { name, path, version: null, reason: path ? null : `${name} is not installed`, fix: "install it" };
}

test("namespaces work here", async () => {
  expect(await tryNamespaces(options())).toMatchObject({ status: "works", reason: null });
});

test.skipIf(tools.runc.path === null && !process.env.CI)(
  "runc works here, and leaves no cgroup",
  async () => {
    const here = options();
    expect(await tryRunc(tools.runc, cgroups, here)).toMatchObject({ status: "works", reason: null });
    const left = cgroups.mountPoints.filter((mountPoint) => existsSync(join(mountPoint, here.bundle.id)));
    expect(left).toEqual([]);
  },
);

test.skipIf(tools.ip.path === null && !process.env.CI)("a veth pair works here", async () => {
  expect(await tryVeth(tools.ip, options())).toMatchObject({ status: "works", reason: null });
});

test("a missing runc is unavailable, with the way to get it", async () => {
  expect(await tryRunc(tool("runc", null), cgroups, options())).toEqual({
    status: "unavailable",
    reason: "runc is not installed.",
    fix: "install it",
  });
});

test("a failing runc is quoted without its log's wrapping", async () => {
  const runc = fakeProgram(
    "runc",
    `echo 'time="2026" level=error msg="runc run failed: no cgroup \\"x\\""' >&2; exit 1`,
  );
  const answer = await tryRunc(tool("runc", runc), cgroups, options());
  expect(answer.reason).toBe('runc failed: runc run failed: no cgroup "x"');
  expect(answer.fix).toContain("cgroups it may write");
});

test("the cgroup of a failed runc is removed", async () => {
  const here = options();
  const mountPoint = temporaryFolder();
  mkdirSync(join(mountPoint, here.bundle.id));
  const failing = tool("runc", fakeProgram("runc", "exit 1"));
  await tryRunc(failing, { ...cgroups, mountPoints: [mountPoint] }, here);
  expect(existsSync(join(mountPoint, here.bundle.id))).toBe(false);
});

test("an ip that can't make a veth pair is unavailable, in its own words", async () => {
  const ip = fakeProgram("ip", "echo 'Error: Unknown device type.' >&2; exit 2");
  const answer = await tryVeth(tool("ip", ip), options());
  expect(answer.reason).toBe("No veth pair can be made: Error: Unknown device type.");
});
