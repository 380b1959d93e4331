import { expect, onTestFinished, test } from "vitest";
import { readPrivileges } from "../../src/probe/privileges.ts";
import { tryNamespaces, tryVeth } from "../../src/probe/sandboxes.ts";
import { findTools, type Tool } from "../../src/probe/tools.ts";
import { makeTrialBundle } from "../../src/probe/trial-bundle.ts";
import { containedHere } from "./contained-here.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";

const tools = await findTools();

function options() {
  const contained = containedHere(10_000);
  const bundle = makeTrialBundle(temporaryFolder(), null, contained.rootless);
  onTestFinished(bundle.remove);
  return { ...contained, bundle, privileges: readPrivileges() };
}

function ipAt(path: string): Tool {
  return { name: "ip", path, version: null, reason: null, fix: null };
}

test("namespaces work here", async () => {
  expect(await tryNamespaces(options())).toMatchObject({ status: "works", reason: null });
});

test.skipIf(tools.ip.path === null && !process.env.CI)("a veth pair works here", async () => {
  expect(await tryVeth(tools.ip, options())).toMatchObject({ status: "works", reason: null });
});

test("an ip that can't make a veth pair is unavailable, in its own words", async () => {
  const ip = fakeProgram("ip", "echo 'Error: Unknown device type.' >&2; exit 2");
  const answer = await tryVeth(ipAt(ip), options());
  expect(answer.reason).toBe("No veth pair can be made: Error: Unknown device type.");
});
