import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { useLab, whyNot } from "./lab.ts";

const SOURCE = join(import.meta.dirname, "fixtures/server/main.go");
/** Taken while the tests run. */
const BUSY_PORT = 18_091;
const PORT = 18_090;

const reason = whyNot();
const lab = useLab();
let launches: LaunchRecord[] = [];
let excluded: (string | null)[] = [];
let printed = "";
let busy: Server;

/** A server of the fixture's, in a mode, with little load. */
function server(as: string, more: Record<string, number | string | number[]> = {}) {
  const binary = join(lab.current.dir, "bin", "server");
  return {
    use: "server",
    as,
    params: {
      argv: [binary, as],
      binds: [join(lab.current.dir, "bin")],
      port: PORT,
      rates: [100, 400],
      warmupMs: 100,
      durationMs: 1000,
      refine: 0,
      upTimeoutMs: 800,
      // The machine of the test has other things to do.
      maxLagMs: 200,
      ...more,
    },
  };
}

beforeAll(async () => {
  if (reason !== null) return;
  busy = createServer().listen(BUSY_PORT, "0.0.0.0");
  execFileSync("go", ["build", "-o", join(lab.current.dir, "bin", "server"), SOURCE], {
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  const run = await lab.current.run({
    matrix: {
      sandbox: ["native", "unshare", "runsc"],
      platform: ["systrap"],
      network: ["none", "host", "sandbox"],
      seccomp: ["none"],
    },
    exclude: [
      { cells: "{unshare,runsc*}/net=host/*::*", reason: "one network will do" },
      { cells: "{unshare,runsc*}/*::{500,dies,errors,exits,tls,taken}", reason: "one sandbox will do" },
      { cells: "{native,runsc*}/*::{loopback,sleeps}", reason: "one sandbox will do" },
    ],
    scenarios: [
      server("good", { upTimeoutMs: 5000 }),
      server("late", { upTimeoutMs: 5000, rates: [100] }),
      ...["500", "dies", "errors", "exits", "tls", "loopback", "sleeps"].map((as) => server(as)),
      server("taken", { port: BUSY_PORT }),
    ],
    rounds: 1,
  });
  ({ launches } = run);
  printed = (await lab.current.cli(["report", join(lab.current.out, run.summary.runId)])).out;
  excluded = run.summary.cells.flatMap(({ cell, reason }) =>
    cell.includes("net=none") && cell.endsWith("::good") && !cell.startsWith("native") ? [reason] : [],
  );
});

afterAll(() => busy?.close());

const of = (as: string) => launches.filter(({ cell }) => cell.endsWith(`::${as}`));
const figureOf = (launch: LaunchRecord, name: string) =>
  launch.values.find((value) => value.name === name)?.value ?? Number.NaN;

describe.skipIf(reason !== null)("a server", () => {
  test("is driven natively over loopback, and in sandboxes through the veth pair", () => {
    expect(of("good").map(({ cell, failure }) => [cell, failure?.message ?? null])).toEqual(
      expect.arrayContaining([
        ["native/net=host/seccomp=none::good", null],
        ["unshare/net=sandbox/seccomp=none::good", null],
        ["runsc/systrap/net=sandbox/seccomp=none::good", null],
      ]),
    );
  });

  test("has latency, throughput, CPU time, memory and a first answer in every cell", () => {
    for (const launch of of("good")) {
      const latency = launch.ops.find(({ op }) => op === "latency@400");
      expect.soft(latency?.p50, launch.cell).toBeGreaterThan(20_000);
      expect.soft(figureOf(launch, "p99@400"), launch.cell).toBeGreaterThanOrEqual(latency?.p50 ?? 0);
      expect.soft(figureOf(launch, "failed@400"), launch.cell).toBeLessThan(400);
      expect.soft(figureOf(launch, "throughput@400"), launch.cell).toBeGreaterThan(200);
      expect.soft(figureOf(launch, "cpu@400"), launch.cell).toBeGreaterThan(5_000);
      expect.soft(launch.memory.at(-1)?.pssBytes, launch.cell).toBeGreaterThan(1e6);
      expect.soft(figureOf(launch, "first-answer"), launch.cell).toBeGreaterThan(launch.phases.readyNs ?? 0);
    }
  });

  test("that begins to listen late has its first answer late", () => {
    for (const launch of of("late")) {
      const earlier = of("good").find(({ cell }) => cell.startsWith(launch.cell.split("::")[0] ?? ""));
      expect(figureOf(launch, "first-answer")).toBeGreaterThan(300e6);
      expect(earlier).toBeDefined();
    }
  });

  test("is not started without a network: the plan says why", () => {
    expect(excluded.length).toBeGreaterThan(0);
    for (const why of excluded) expect(why).toMatch(/outside the sandbox, and net=none has no way in/);
  });

  test.each([
    ["500", /came up and its answer is not good \(GET \/: status 500\): see params\.path/],
    ["dies", /ended under load, with exit code 3: fatal error: the .*cache is full/],
    ["errors", /at 100 requests\/s 2\d % failed, \d+ with "status 503"; params\.maxErrorShare allows 1 %/],
    ["exits", /ended before its first good answer, with exit code 7: no such database/],
    ["tls", /speaks TLS on port 18090, and the load is clear text: switch TLS off/],
    ["loopback", /listens on loopback only, .*: let it listen on 0\.0\.0\.0:18090/],
    ["sleeps", /nothing listened on port 18090 within 0\.8 s .*: is params\.port the server's\?/],
    ["taken", /port 18091 is in use on this host already/],
  ])("that is unfit is a failed launch with its words: %s", (as, words) => {
    const [launch] = of(as);
    expect(launch?.status).toBe("failed");
    expect(launch?.failure?.message).toMatch(words);
  });

  test("can't steer the terminal by what it says", () => {
    expect(printed.replaceAll(/\s+/g, " ")).toContain(String.raw`the \x1b[31mcache is full`);
  });

  test("is measured by a command line, in the usual configurations", { timeout: 240_000 }, async () => {
    const binary = join(lab.current.dir, "bin", "server");
    const out = join(lab.current.dir, "served");
    const load = ["--serve", String(PORT), "--rates", "50", "--rounds", "1", "--sandbox", "unshare"];
    const {
      code,
      out: text,
      err,
    } = await lab.current.cli(["run", ...load, "--seccomp", "none", "--out", out, "--", binary, "good"]);
    // 5: the machine of the test may be too busy for the generator, which says so.
    expect([0, 5], err).toContain(code);
    expect(text + err).toMatch(/Server server: medians|the load generator itself was late/);
  });

  test("leaves nothing behind", async () => {
    expect(await lab.current.leftBehind()).toEqual([]);
    expect(lab.current.kept()).toEqual([]);
  });
});
