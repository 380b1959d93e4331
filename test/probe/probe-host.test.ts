import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
