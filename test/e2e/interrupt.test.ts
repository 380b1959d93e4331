import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { readManifest } from "../../src/run/run-folder.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { processesOf } from "./host-state.ts";
import { Lab, whyNot } from "./lab.ts";

const SCENARIOS = join(import.meta.dirname, "fixtures/scenarios");
const reason = whyNot();

/** Launches of 300 ms in every kind of sandbox, with the veth pair: long enough to be met in the middle. */
const CONFIG: BenchConfig = {
  matrix: {
    sandbox: ["native", "unshare", "runc", "runsc"],
    platform: ["systrap"],
    network: ["host", "sandbox"],
    seccomp: ["none"],
  },
  exclude: [{ cells: "{unshare,runc,runsc/systrap}/net=host/*", reason: "not tested twice" }],
  scenarioDir: SCENARIOS,
  scenarios: [{ use: "faulty", as: "slow", params: { workMs: 300 } }],
  rounds: 3,
  limits: { launchSeconds: 10 },
};
const LAUNCHES = 4 * 3;

let lab: Lab;
beforeEach((context) => {
  if (reason !== null) return context.skip(reason);
  lab = new Lab();
  context.onTestFinished(() => lab.close());
});

/** Runs until `launches` have ended and one more is under way, then sends the signal. @returns exit code and id */
async function interrupted(signal: NodeJS.Signals, launches = 3) {
  const child = lab.start(["run", "--json", "--config", lab.configure(CONFIG)]);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const [runId] = lab.runs();
    if (runId !== undefined && ended(runId) >= launches) break;
    if (Date.now() > deadline) throw new Error(`no ${launches} launches within 60 s`);
    await sleep(20);
  }
  await sleep(150);
  child.kill(signal);
  const done = await child;
  return { code: done.exitCode, err: done.stderr, runId: lab.runs()[0]! };
}

function ended(runId: string): number {
  try {
    return lab.launches(runId).length;
  } catch {
    return 0;
  }
}

async function resumed(runId: string): Promise<LaunchRecord[]> {
  const done = await lab.cli([
    "run",
    "--json",
    "--resume",
    runId,
    "--config",
    join(lab.dir, "bench.config.ts"),
  ]);
  expect(done.code, done.err).toBe(0);
  return lab.launches(runId);
}

const places = (launches: LaunchRecord[]) => launches.map(({ round, cell }) => `${round} ${cell}`);

describe("native, unshare, runc and runsc in mid-run", () => {
  test.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s: nothing is left, and --resume completes the run", async ([signal, exitCode]) => {
    const { code, err, runId } = await interrupted(signal);
    expect(code, err).toBe(exitCode);
    expect(await lab.leftBehind()).toEqual([]);
    expect(lab.kept()).toEqual([]);
    expect(err).toContain(`--resume ${runId}`);
    expect(readManifest(join(lab.out, runId)).endedAt).toBeNull();

    const before = lab.launches(runId);
    const after = await resumed(runId);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(LAUNCHES);
    expect(new Set(places(after)).size).toBe(LAUNCHES);
    expect(after.every((launch) => launch.status === "ok")).toBe(true);
    expect(readManifest(join(lab.out, runId)).endedAt).not.toBeNull();
    expect(await lab.leftBehind()).toEqual([]);
  });

  test("SIGKILL: sandboxes die with the harness, and the next start removes the rest", async () => {
    const { runId } = await interrupted("SIGKILL", 4);
    const before = lab.launches(runId);
    expect(lab.kept().length).toBeGreaterThan(0);

    const swept = await lab.cli(["doctor", "--json", "--config", join(lab.dir, "bench.config.ts")]);
    expect(swept.err).toContain(`removed what run ${runId} left behind`);
    expect(await lab.leftBehind()).toEqual([]);
    expect(lab.kept()).toEqual([]);

    const after = await resumed(runId);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(places(after)).size).toBe(LAUNCHES);
    expect(await lab.leftBehind()).toEqual([]);
  });

  test.for(["unshare", "bwrap", "crun", "runc", "runsc"])(
    "SIGKILL under %s: no sandbox outlives the harness",
    async (sandbox) => {
      const config = lab.configure({
        ...CONFIG,
        matrix: { sandbox: [sandbox as "runc"], platform: ["systrap"], network: ["none"], seccomp: ["none"] },
        scenarios: [{ use: "faulty", as: "hang", params: { fault: "hang" } }],
      });
      const child = lab.start(["run", "--config", config]);
      // The program itself, past the launcher, which for a moment has no parent-death signal while it changes
      // its user; what is met in that moment is swept.
      await untilProcesses((found) => found.some((one) => /: (\/scenario|runsc-sandbox) /.test(one)));
      child.kill("SIGKILL");
      await child;
      await untilProcesses((found) => found.length === 0);
      await lab.cli(["doctor", "--json"]);
      expect(await lab.leftBehind()).toEqual([]);
      expect(lab.kept()).toEqual([]);
    },
  );

  test("a second --resume of a run that is under way is refused", async () => {
    const child = lab.start(["run", "--json", "--config", lab.configure(CONFIG)]);
    while (lab.kept().length === 0 || ended(lab.runs()[0] ?? "") < 1) await sleep(50);
    const second = await lab.cli(["run", "--resume", "--config", join(lab.dir, "bench.config.ts")]);
    expect(second.code).toBe(2);
    expect(second.err).toMatch(/It is still under way, in process \d+/);
    expect((await child).exitCode).toBe(0);
  });
});

async function untilProcesses(isSo: (found: string[]) => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = processesOf([lab.dir, ...lab.runs()]).filter((one) => !one.includes("main.ts"));
    if (isSo(found)) return;
    if (Date.now() > deadline) throw new Error(`still there: ${found.join("; ")}`);
    await sleep(50);
  }
}
