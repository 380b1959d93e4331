import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Ledger } from "../../../src/run/environment/ledger.ts";
import { armedDrive, type DriveHooks } from "../../../src/run/load/drive.ts";
import { generatorPlan } from "../../../src/run/load/plan.ts";
import { emptyTranscript } from "../../../src/workload/protocol.ts";
import { aLoad, aPhase } from "./phases.ts";

const dir = mkdtempSync(join(tmpdir(), "sbx-drive-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LEDGER = { runId: "test", add: () => {} } as unknown as Ledger;
const load = aLoad();

/** A generator that says what it is told to, the first line at once and the others when it may begin. */
async function driven(lines: unknown[], hooks: Partial<DriveHooks> = {}, ending = "") {
  const [first, ...rest] = lines.map((line) => `echo '${JSON.stringify(line)}'`);
  const file = join(dir, "generator");
  writeFileSync(file, `#!/bin/sh\nread plan\n${first}\nread begin\n${rest.join("\n")}\n${ending}\n`);
  chmodSync(file, 0o755);
  const setting = { load, plan: (round: number) => generatorPlan(load, "host", round), command: [file] };
  const drive = await armedDrive(setting, 0, LEDGER, { cpuNs: () => null, onMemory: () => {}, ...hooks });
  const line = await drive.serve(1);
  await drive.end();
  return { line, drive, said: drive.completed(emptyTranscript(), 1000) };
}

const ARMED = { type: "armed" };
const UP = { type: "up", atNs: 6000 };

test("what the generator measured joins what the program said", async () => {
  let cpuNs = 0;
  const marks: string[] = [];
  const { line, said, drive } = await driven(
    [
      ARMED,
      UP,
      { type: "phase-begins", rate: 500 },
      { type: "phase", result: aPhase() },
      { type: "skipped", rate: 900, reason: "full" },
      { type: "done", capacity: { holds: 700, fails: 0 } },
    ],
    {
      cpuNs: () => {
        cpuNs += 2_000_000;
        return cpuNs;
      },
      onMemory: (mark) => marks.push(mark),
    },
  );
  const values = Object.fromEntries(said.values.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ "first-answer": 5000, "cpu@500": 2000, "p99@500": 300, capacity: 700 });
  expect(said.skips).toContainEqual({ op: "throughput@900", reason: "full" });
  expect([line, drive.outcome.failure, drive.outcome.up, marks]).toEqual(["served", null, true, ["load"]]);
});

test("the program is told when nothing could be reached, so that it can look from inside", async () => {
  const failed = { type: "failed", kind: "not-listening", detail: "connection refused" };
  const { line, drive } = await driven([ARMED, failed]);
  expect([line, drive.outcome.up]).toEqual(["unreachable", false]);
});

test("a generator that dies says so, in its own words", async () => {
  const { line, drive } = await driven([ARMED, UP], {}, "echo out of luck >&2; exit 3");
  expect(line).toBe("generator");
  expect(drive.outcome.failure).toMatchObject({ kind: "generator", detail: "out of luck" });
});

test("a server whose port is taken is not started", async () => {
  const taken = { type: "failed", kind: "port-in-use", detail: "taken" };
  await expect(driven([taken])).rejects.toThrow(/^port 8080 is in use on this host already/);
});

test("cells of a round get the same requests, other rounds get others, and only the host's port can be taken", () => {
  const plan = (network: "host" | "sandbox", round: number) => generatorPlan(load, network, round);
  expect(plan("host", 3).seed).toBe(plan("sandbox", 3).seed);
  expect(plan("host", 4).seed).not.toBe(plan("host", 3).seed);
  expect(plan("host", 0)).toMatchObject({ host: "127.0.0.1", requireFreePort: true });
  expect(plan("sandbox", 0)).toMatchObject({ host: "198.18.0.2", requireFreePort: false });
});
