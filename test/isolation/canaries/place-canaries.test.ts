import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Canaries } from "../../../src/isolation/canaries/canaries.ts";
import { placeCanaries } from "../../../src/isolation/canaries/place-canaries.ts";
import { identify, isAlive } from "../../../src/run/launch/process-tree.ts";
import { buildHelper } from "../../../src/workload/programs.ts";

let dir: string;
let canaries: Canaries;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "sbx-canaries-"));
  canaries = await placeCanaries(dir, await buildHelper("sbx-probe"), "test-run");
}, 60_000);

afterEach(async () => {
  await canaries.remove();
  rmSync(dir, { recursive: true, force: true });
});

const until = async (condition: () => boolean) => {
  for (let tries = 0; tries < 400 && !condition(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return condition();
};

test("nothing counts as reached before it is", () => {
  expect(canaries.isMarked()).toBe(false);
  expect(canaries.wasSignalled()).toBe(false);
  for (const at of ["loopback", "socket", "fifo", "abstract"] as const)
    expect(canaries.hasArrived(at)).toBe(false);
});

test("the nonce arrives at each listener, and only at that one", async () => {
  const { targets, nonce } = canaries;
  connect({ port: targets.loopbackPort, host: "127.0.0.1" }).end(nonce);
  expect(await until(() => canaries.hasArrived("loopback"))).toBe(true);
  expect(canaries.hasArrived("socket")).toBe(false);
  connect({ path: join(dir, "socket") }).end(nonce);
  expect(await until(() => canaries.hasArrived("socket"))).toBe(true);
  connect({ path: `\0${targets.abstract}` }).end(nonce);
  expect(await until(() => canaries.hasArrived("abstract"))).toBe(true);
  writeFileSync(join(dir, "fifo"), nonce);
  expect(await until(() => canaries.hasArrived("fifo"))).toBe(true);
});

test("a signal by somebody else is told from the harness's own", async () => {
  expect((await canaries.lost()).size).toBe(0);
  expect(canaries.wasSignalled()).toBe(false);
  process.kill(canaries.targets.sentinelPid, "SIGUSR1");
  expect(await until(() => canaries.wasSignalled())).toBe(true);
});

test("what is written to the file without the nonce is no mark", () => {
  writeFileSync(join(dir, "mark"), "somebody was here");
  expect(canaries.isMarked()).toBe(false);
  writeFileSync(join(dir, "mark"), canaries.nonce);
  expect(canaries.isMarked()).toBe(true);
});

test("the secret is in nothing that a probe is told", () => {
  const secret = canaries.expected("secret")!;
  expect(readFileSync(join(dir, "secret"), "utf8")).toBe(secret);
  expect(JSON.stringify([canaries.targets, canaries.nonce])).not.toContain(secret);
});

test("a killed sentinel, a removed file are lost canaries", async () => {
  rmSync(join(dir, "secret"));
  process.kill(canaries.targets.sentinelPid, "SIGKILL");
  expect(await until(() => identify(canaries.targets.sentinelPid) === null)).toBe(true);
  const lost = await canaries.lost();
  expect([...lost.keys()].sort()).toEqual(["answer", "held", "orphan", "signal"]);
  await canaries.remove();
  const key = new RegExp(`^\\s*${canaries.targets.shmKey} `, "m");
  expect(readFileSync("/proc/sysvipc/shm", "latin1")).not.toMatch(key);
});

test("the end takes process and shared memory along", async () => {
  const { sentinelPid, shmKey } = canaries.targets;
  const process = identify(sentinelPid)!;
  const segments = () => execFileSync("cat", ["/proc/sysvipc/shm"], { encoding: "utf8" });
  expect(segments()).toMatch(new RegExp(`^\\s*${shmKey} `, "m"));
  await canaries.remove();
  expect(isAlive(process)).toBe(false);
  expect(segments()).not.toMatch(new RegExp(`^\\s*${shmKey} `, "m"));
});
