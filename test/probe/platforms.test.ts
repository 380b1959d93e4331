import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { PLATFORMS, type PlatformName } from "../../src/axes/platform.ts";
import { type PlatformOptions, type PlatformTrial, tryPlatform } from "../../src/probe/platforms.ts";
import { findTools } from "../../src/probe/tools.ts";
import { makeTrialBundle } from "../../src/probe/trial-bundle.ts";
import { containedHere } from "./contained-here.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";

function options(runsc: string, limitMs = 10_000): PlatformOptions {
  const contained = containedHere(limitMs);
  const bundle = makeTrialBundle(temporaryFolder(), null, contained.rootless);
  onTestFinished(bundle.remove);
  return { ...contained, runsc, bundle, kvmCapsBinary: null };
}

async function tryPlatforms(of: PlatformOptions): Promise<Record<PlatformName, PlatformTrial>> {
  const trials: [PlatformName, PlatformTrial][] = [];
  for (const platform of PLATFORMS) trials.push([platform, await tryPlatform(platform, of)]);
  return Object.fromEntries(trials) as Record<PlatformName, PlatformTrial>;
}

test("a platform that runs the program works", async () => {
  const { systrap } = await tryPlatforms(options(fakeProgram("runsc", "exit 0")));
  expect(systrap).toMatchObject({ platform: "systrap", status: "works", reason: null, fix: null });
});

test("each platform is asked by its own flag", async () => {
  const runsc = fakeProgram(
    "runsc",
    'case "$*" in *--platform=ptrace*) exit 0;; *) echo no such >&2; exit 1;; esac',
  );
  const trials = await tryPlatforms(options(runsc));
  expect(trials.ptrace.status).toBe("works");
  expect(trials.systrap).toMatchObject({ status: "unavailable", reason: "runsc failed: no such" });
});

test("a platform that hangs is unavailable within the limit, and says so", async () => {
  const runsc = fakeProgram("runsc", 'case "$*" in *--platform=systrap*) sleep 600;; esac');
  const { systrap } = await tryPlatforms(options(runsc, 600));
  expect(systrap.status).toBe("unavailable");
  expect(systrap.reason).toContain("did not finish a program that only exits within 0.6 s");
  expect(systrap.elapsedMs).toBeLessThan(5000);
});

const says = (device: string, gbpages: boolean) =>
  fakeProgram("sbx-kvm-caps", `echo '${JSON.stringify({ device, gbpages })}'`);

test("kvm without a device is not tried", async () => {
  const runsc = fakeProgram("runsc", 'case "$*" in *--platform=kvm*) sleep 600;; esac');
  const { kvm } = await tryPlatforms({ ...options(runsc), kvmCapsBinary: says("absent", false) });
  expect(kvm).toMatchObject({ status: "unavailable", reason: "There is no /dev/kvm.", elapsedMs: 0 });
});

test("kvm is asked for 1 GiB pages before it is tried, and tried in spite of the answer", async () => {
  const told: string[] = [];
  const onProgress = (message: string) => told.push(message);
  const kvmCapsBinary = says("ok", false);
  const { kvm } = await tryPlatforms({
    ...options(fakeProgram("runsc", "exit 0")),
    kvmCapsBinary,
    onProgress,
  });
  expect(kvm.status).toBe("works");
  expect(told.at(-1)).toBe(
    "trying runsc on kvm (at most 10 s; this KVM offers no 1 GiB pages, so it will probably hang)",
  );
});

test("the end of runsc's error output is kept as evidence", async () => {
  const runsc = fakeProgram("runsc", "echo first >&2; echo 'ptrace: operation not permitted' >&2; exit 128");
  const { ptrace } = await tryPlatforms(options(runsc));
  expect(ptrace.evidence).toBe("first\nptrace: operation not permitted");
  expect(ptrace.fix).toContain("kernel.yama.ptrace_scope");
});

const runsc = (await findTools()).runsc.path;

// Where setup.sh could not install runsc there is nothing to try; CI must have it.
test.skipIf(runsc === null && !process.env.CI)(
  "the real runsc: systrap and ptrace start, kvm gets an answer in time, and no process is left",
  async () => {
    const real = options(runsc ?? "runsc is not installed", 5000);
    const { systrap, ptrace, kvm } = await tryPlatforms(real);
    expect(systrap).toMatchObject({ status: "works", reason: null });
    expect(ptrace).toMatchObject({ status: "works", reason: null });
    expect(kvm.status === "works" || kvm.reason).toBeTruthy();
    expect(kvm.elapsedMs).toBeLessThan(10_000);
    expect(commandLines().filter((line) => line.includes(real.bundle.id))).toEqual([]);
  },
  60_000,
);

function commandLines(): string[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8");
    } catch {
      return [];
    }
  });
}

test("the bundle is gone after its removal", () => {
  const parent = temporaryFolder();
  const bundle = makeTrialBundle(parent, null, false);
  expect(existsSync(bundle.programPath)).toBe(true);
  bundle.remove();
  expect(readdirSync(parent)).toEqual([]);
});
