import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { factsOf, MOST_ISOLATED_FIRST } from "../../src/axes/sandbox.ts";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import { readPrivileges } from "../../src/probe/privileges.ts";
import { findTools, type ToolName, type Tools } from "../../src/probe/tools.ts";
import type { TrialSetting } from "../../src/probe/trial.ts";
import { makeTrialBundle } from "../../src/probe/trial-bundle.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { containedHere } from "../probe/contained-here.ts";
import { fakeProgram, temporaryFolder } from "../probe/fake-host.ts";

const tools = await findTools();
const cgroups = detectCgroups();
const plain = MOST_ISOLATED_FIRST.filter((sandbox) => factsOf({ sandbox }).platforms.length === 0);
const runtimes = plain.filter((sandbox) => sandbox !== "unshare");

function setting(changed: Partial<TrialSetting> = {}): TrialSetting {
  const contained = containedHere(10_000);
  const bundle = makeTrialBundle(temporaryFolder(), null, contained.rootless);
  onTestFinished(bundle.remove);
  return {
    ...contained,
    bundle,
    tools,
    cgroups,
    privileges: readPrivileges(),
    kvmCapsBinary: null,
    ...changed,
  };
}

function withTool(name: ToolName, path: string | null): Tools {
  const reason = path === null ? `${name} is not installed` : null;
  return { ...tools, [name]: { name, path, version: null, reason, fix: "install it" } };
}

describe.each(plain)("%s", (sandbox) => {
  // CI must have every tool; elsewhere setup.sh may not have been able to install one.
  test.skipIf(tools[sandbox].path === null && !process.env.CI)(
    "starts here, and leaves no cgroup",
    async () => {
      const here = setting();
      expect(await SANDBOX_TRIALS[sandbox].start(here, null)).toMatchObject({
        status: "works",
        reason: null,
      });
      const left = cgroups.mountPoints.filter((mountPoint) => existsSync(join(mountPoint, here.bundle.id)));
      expect(left).toEqual([]);
      expect(readdirSync(here.bundle.stateDir)).toEqual([]);
    },
  );
});

describe.each(runtimes)("%s", (sandbox) => {
  const start = (changed: Partial<TrialSetting>) => SANDBOX_TRIALS[sandbox].start(setting(changed), null);

  test("that is missing is unavailable, with the way to get it", async () => {
    expect(await start({ tools: withTool(sandbox, null) })).toMatchObject({
      status: "unavailable",
      reason: `${sandbox} is not installed.`,
      fix: "install it",
    });
  });

  test("that fails is quoted in its own words", async () => {
    const path = fakeProgram(sandbox, "echo 'it is forbidden here' >&2; exit 1");
    expect((await start({ tools: withTool(sandbox, path) })).reason).toBe(
      `${sandbox} failed: it is forbidden here`,
    );
  });

  test("that hangs is unavailable within the limit", async () => {
    const path = fakeProgram(sandbox, "sleep 600");
    const { reason } = await start({ tools: withTool(sandbox, path), limitMs: 600 });
    expect(reason).toBe(`${sandbox} failed: it did not end within 0.6 s, and was killed.`);
  });
});

test("a failing runc is quoted without its log's wrapping", async () => {
  const path = fakeProgram(
    "runc",
    `echo 'time="2026" level=error msg="runc run failed: no cgroup \\"x\\""' >&2; exit 1`,
  );
  const answer = await SANDBOX_TRIALS.runc.start(setting({ tools: withTool("runc", path) }), null);
  expect(answer.reason).toBe('runc failed: runc run failed: no cgroup "x"');
  expect(answer.fix).toContain("cgroups it may write");
});

test("the cgroup of a failed runc is removed", async () => {
  const mountPoint = temporaryFolder();
  const here = setting({
    tools: withTool("runc", fakeProgram("runc", "exit 1")),
    cgroups: { ...cgroups, mountPoints: [mountPoint] },
  });
  mkdirSync(join(mountPoint, here.bundle.id));
  await SANDBOX_TRIALS.runc.start(here, null);
  expect(existsSync(join(mountPoint, here.bundle.id))).toBe(false);
});
