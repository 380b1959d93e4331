import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { readLaunchLog } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { Lab, whyNot } from "./lab.ts";

const SCENARIOS = join(import.meta.dirname, "fixtures/scenarios");
const reason = whyNot();

let lab: Lab;
beforeEach((context) => {
  if (reason !== null) return context.skip(reason);
  lab = new Lab();
  context.onTestFinished(() => lab.close());
});

/** A mount namespace of its own, in which `script` prepares the folder of the runs; the command line follows. */
const inOwnMounts = (script: string) => {
  mkdirSync(lab.out);
  return ["unshare", "--mount", "--propagation=private", "/bin/sh", "-c", `${script}\n"$@"`, "sh"];
};

const config = (rounds: number) =>
  lab.configure({
    matrix: { sandbox: ["native", "unshare"], network: ["host"], seccomp: ["none"] },
    scenarioDir: SCENARIOS,
    scenarios: [{ use: "faulty", as: "fine" }],
    rounds,
  });

/** Records of the only run in a folder of the lab. */
function recordsIn(folder: string): LaunchRecord[] {
  const runId = readdirSync(join(lab.dir, folder)).find((name) => name !== "latest");
  return readLaunchLog(join(lab.dir, folder, runId!, "launches.ndjson")).records;
}

describe("native and unshare, where results can't be kept", () => {
  test("a disk that fills up ends the run with 4; what ended before is whole, and --resume goes on", async () => {
    // Room for the manifest and some of the records. After the failure there is more, and the run goes on.
    const before = inOwnMounts(`mount -t tmpfs -o size=56k tmpfs '${lab.out}'`);
    const andThen = `"$@"; code=$?
      cp -r '${lab.out}' '${lab.dir}/full'
      mount -o remount,size=64m '${lab.out}'
      "$@" --resume || exit 99
      cp -r '${lab.out}' '${lab.dir}/resumed'
      exit $code`;
    const rounds = 60;
    const ended = await lab.cli(["run", "--config", config(rounds)], {
      before: [...before, "/bin/sh", "-c", andThen, "sh"],
    });
    expect(ended.code, ended.err).toBe(4);
    expect(ended.err).toContain("The disk is full.");
    expect(ended.err).toContain("--resume");
    expect(ended.err).not.toMatch(/^\s+at /m);

    const full = recordsIn("full");
    expect(full.length).toBeGreaterThan(0);
    expect(full.length).toBeLessThan(2 * rounds);
    const resumed = recordsIn("resumed");
    expect(resumed.slice(0, full.length)).toEqual(full);
    expect(new Set(resumed.map(({ round, cell }) => `${round} ${cell}`)).size).toBe(2 * rounds);
    expect(resumed).toHaveLength(2 * rounds);
    expect(await lab.leftBehind()).toEqual([]);
    expect(lab.kept()).toEqual([]);
  });

  test("a disk that is full from the start is an error of the environment, too", async () => {
    const before = inOwnMounts(
      `mount -t tmpfs -o size=8k tmpfs '${lab.out}'; head -c 8192 /dev/zero > '${lab.out}/filler'`,
    );
    const ended = await lab.cli(["run", "--config", config(1)], { before });
    expect(ended.code, ended.err).toBe(4);
    expect(ended.err).toContain("The disk is full.");
    expect(lab.kept()).toEqual([]);
  });

  test("a read-only folder is an error of the environment, before anything is launched", async () => {
    const before = inOwnMounts(`mount -t tmpfs -o ro tmpfs '${lab.out}'`);
    const ended = await lab.cli(["run", "--config", config(1)], { before });
    expect(ended.code, ended.err).toBe(4);
    expect(ended.err).toMatch(/runs: the result can't be written there/);
    expect(ended.err).toContain("--out");
    expect(await lab.leftBehind()).toEqual([]);
    expect(lab.kept()).toEqual([]);
  });
});
