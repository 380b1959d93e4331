import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PLATFORMS, type PlatformName } from "../../src/axes/platform.ts";
import { WORKS } from "../../src/probe/answer.ts";
import { probeHost, unavailableReason } from "../../src/probe/probe-host.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";

/** A host with a runsc that starts on systrap only, and a cache of its own. */
function hostWithFakeRunsc() {
  const runsc = fakeProgram(
    "runsc",
    'case "$*" in *version*) echo "runsc version 1";; *systrap*) ;; *) exit 1;; esac',
  );
  return {
    sandboxTrials: SANDBOX_TRIALS,
    trueBinary: null,
    kvmCapsBinary: null,
    env: { ...process.env, SBX_RUNSC: runsc, XDG_CACHE_HOME: temporaryFolder() },
  };
}

test("tries everything once, then remembers", async () => {
  const options = hostWithFakeRunsc();
  const steps: string[] = [];
  const first = await probeHost({ ...options, onProgress: (step) => steps.push(step) });
  expect(first).toMatchObject({ remembered: false, versions: { runsc: "1" } });
  expect(first.platforms.systrap.status).toBe("works");
  expect(first.platforms.ptrace.status).toBe("unavailable");
  expect(steps.length).toBe(5);

  const startedAt = performance.now();
  const second = await probeHost(options);
  // 0.15 s here on an idle host.
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect(second).toMatchObject({ remembered: true, triedAt: first.triedAt, platforms: first.platforms });
});

test("tries the platforms that are asked for, and more once they are", async () => {
  const options = hostWithFakeRunsc();
  const asked = async (...platforms: PlatformName[]) => {
    const steps: string[] = [];
    const host = await probeHost({
      ...options,
      askedPlatforms: platforms,
      onProgress: (step) => steps.push(step),
    });
    const tried = PLATFORMS.filter((name) => steps.some((step) => step.includes(`runsc on ${name}`)));
    return { tried, remembered: host.remembered, status: host.platforms.systrap.status };
  };
  expect(await asked()).toEqual({ tried: [], remembered: false, status: "unavailable" });
  expect(await asked("systrap")).toEqual({ tried: ["systrap"], remembered: false, status: "works" });
  expect(await asked()).toEqual({ tried: [], remembered: true, status: "works" });
  const both = { tried: ["systrap", "ptrace"], remembered: false, status: "works" };
  expect(await asked("ptrace")).toEqual(both);
  expect(await asked("systrap", "ptrace")).toEqual({ ...both, tried: [], remembered: true });
});

test("--fresh asks again", async () => {
  const options = hostWithFakeRunsc();
  await probeHost(options);
  expect((await probeHost({ ...options, fresh: true })).remembered).toBe(false);
});

test("leaves only the remembered answer behind", async () => {
  const options = hostWithFakeRunsc();
  const { fingerprint } = await probeHost(options);
  expect(readdirSync(join(options.env.XDG_CACHE_HOME, "sbx-bench/probes"))).toEqual([
    expect.stringMatching(new RegExp(`^${fingerprint.id}-[0-9a-f]{8}\\.json$`)),
  ]);
});

test("gives plan the sentence for what can't run, and nothing for what can", async () => {
  const host = await probeHost(hostWithFakeRunsc());
  const base = { network: "none", seccomp: "none" } as const;
  expect(unavailableReason(host, { ...base, sandbox: "runsc", platform: "systrap" })).toBeNull();
  expect(unavailableReason(host, { ...base, sandbox: "runsc", platform: "ptrace" })).toContain(
    "runsc failed",
  );
  expect(unavailableReason(host, { ...base, sandbox: "fake", platform: null })).toBeNull();

  const noVeth = { ...host, networks: { ...host.networks, sandbox: { ...WORKS, reason: "No veth." } } };
  const overVeth = { network: "sandbox", seccomp: "none", sandbox: "unshare", platform: null } as const;
  expect(unavailableReason(noVeth, overVeth)).toBe("No veth.");
});
