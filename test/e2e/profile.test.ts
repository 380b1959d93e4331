/** `profile` on real programs, also on those that make trouble. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type ProgramProfile, programProfile } from "../../src/samples/program-profile.ts";
import { type Ended, ROOT, useLab, whyNot } from "./lab.ts";

const RUNS = ["--runs", "6"];
const QUICK = [...RUNS, "--traced-runs", "1"];

describe.skipIf(whyNot() !== null && !process.env.CI)("profile", () => {
  const lab = useLab();

  const cli = (options: string[], ...command: string[]): Promise<Ended> => {
    const runs = options.includes("--traced-runs") ? RUNS : QUICK;
    return lab.current.cli(["profile", ...runs, ...options, "--", ...command]);
  };

  async function profile(options: string[], ...command: string[]): Promise<ProgramProfile> {
    const ended = await cli(["--json", ...options], ...command);
    if (ended.code !== 0) throw new Error(`exit code ${ended.code}\n${ended.err}`);
    return programProfile.parse(JSON.parse(ended.out));
  }

  /** A C program of the fixtures; where it was built. */
  function built(name: string): string {
    const binary = join(lab.current.dir, name);
    if (!existsSync(binary)) {
      const source = join(ROOT, "test/fixtures", name, `${name}.c`);
      execFileSync("gcc", ["-O1", "-static", "-pthread", "-o", binary, source]);
    }
    return binary;
  }

  const callsOf = (found: ProgramProfile) =>
    Object.fromEntries(
      found.calls.map(({ name, target, count, errors, bytes }) => [
        `${name} ${target}`,
        { count, errors, bytes },
      ]),
    );

  it.each(["auto", "strace"])("finds exactly the calls of a known program (tracer %s)", async (tracer) => {
    const found = await profile(["--tracer", tracer], built("known-calls"), "again");
    // It executes itself once more, so that everything is there twice.
    expect(callsOf(found)).toMatchObject({
      "getpid none": { count: 2000, errors: 0 },
      "pwrite64 file": { count: 200, bytes: 200 * 4096 },
      "read file": { count: 200, bytes: 200 * 4096 },
      "write pipe": { count: 100, bytes: 100 * 512 },
      "sendto socket": { count: 40, bytes: 40 * 100 },
      "write eventfd": { count: 14, bytes: 14 * 8 },
      "epoll_wait epoll": { count: 12 },
      "read device": { count: 18, bytes: 18 * 4096 },
      "close none": { count: 22, errors: 22 },
      "syscall_0x270f none": { count: 2, errors: 2 },
    });
    expect(found).toMatchObject({ processes: 9, execs: 2 });
    // Four at a time; a thread's end may be traced only after the next ones have begun.
    expect(found.threads).toBeGreaterThanOrEqual(4);
    expect(found.threads).toBeLessThanOrEqual(12);
    const nap = found.calls.find(({ name }) => name === "nanosleep");
    expect(nap).toMatchObject({ count: 10, blocked: 10 });
    expect(nap?.waitNs).toBeGreaterThan(0.9 * 10 * 2e6);
    // 80 times 300 µs of computing between two calls.
    const think = found.gaps.filter(([bound]) => bound >= 289_631).reduce((sum, [, count]) => sum + count, 0);
    expect(think).toBeGreaterThanOrEqual(80);
    expect(found.bare.wallNs).toBeGreaterThan(10 * 2e6 + 80 * 3e5);
    expect(found.bare.runs).toBe(6);
  });

  it("takes the tracer's own time off: a call of 0.2 µs is not reported as one of 20", async () => {
    const found = await profile(["--tracer", "strace", "--traced-runs", "3"], built("known-calls"));
    const getpid = found.calls.find(({ name }) => name === "getpid")!;
    expect(found.tracerCost.insideNs).toBeGreaterThan(1000);
    expect(getpid.timeNs / getpid.count).toBeLessThan(found.tracerCost.insideNs);
  });

  it("lets a program under strace believe that it has all of its CPUs", async () => {
    const cpus = String(availableParallelism());
    const found = await profile(["--tracer", "strace"], "sh", "-c", 'test "$(nproc)" = "$0"', cpus);
    expect(found.calls.map(({ name }) => name)).toContain("sched_getaffinity");
  });

  it("prints a table of at most 80 columns, and writes a file that it can read again", async () => {
    const file = join(lab.current.dir, "p.json");
    const ended = await cli(["--out", file], "gzip", "-kc", "/bin/sh");
    expect(ended.code).toBe(0);
    expect(Math.max(...ended.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(ended.out).toMatch(/^read +file /m);
    expect(programProfile.parse(JSON.parse(readFileSync(file, "utf8"))).command[0]).toBe("gzip");
  });

  it("takes a program that exits at once", async () => {
    expect(await profile([], "true")).toMatchObject({ processes: 1, execs: 1, threads: 1 });
  });

  it("refuses a program that does not end, with the limit", async () => {
    const ended = await cli(["--limit", "0.5s"], "sleep", "86399.5");
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/does not end[\s\S]*after 0\.5 s[\s\S]*--limit 2s/);
    expect(running("86399.5")).toBe("");
  });

  it("refuses a flood of output that does not end, and counts one that does", async () => {
    const endless = await cli(["--limit", "1s"], "yes");
    expect(endless).toMatchObject({ code: 2, err: expect.stringContaining("does not end") });
    const found = await profile([], "head", "-c", "50000000", "/dev/zero");
    expect(found.calls.find(({ name, target }) => name === "write" && target === "pipe")?.bytes).toBe(50e6);
  });

  it.each([
    ["crashes", ["sh", "-c", "kill -SEGV $$"], /crashes[\s\S]*segmentation fault/],
    [
      "fails",
      ["sh", "-c", "echo no such table >&2; exit 3"],
      /fails[\s\S]*no such table[\s\S]*--expect-exit 3/,
    ],
    ["needs a terminal, and says so", ["stty", "-a"], /needs a terminal/],
    ["needs a terminal, and is silent", ["tty", "-s"], /needs a terminal/],
    ["can't be found", ["no-such-program"], /no program no-such-program/],
    ["is no program", ["/etc/hostname"], /is not a program that can be run/],
  ])("refuses a program that %s", async (_, command, says) => {
    const ended = await cli([], ...command);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(says);
    expect(ended.err).not.toMatch(/\bat .*\.ts:/);
  });

  it("takes another exit code where it is expected", async () => {
    expect(await profile(["--expect-exit", "3"], "sh", "-c", "exit 3")).toMatchObject({ processes: 1 });
  });

  it("follows a hundred children", async () => {
    const found = await profile([], "bash", "-c", "for i in {1..100}; do /bin/true & done; wait");
    expect(found).toMatchObject({ processes: 101, execs: 101 });
  });

  it("kills a hundred children at the limit, and what a program leaves running", async () => {
    const many = await cli(
      ["--limit", "1s"],
      "bash",
      "-c",
      "for i in {1..100}; do sleep 86398.5 & done; wait",
    );
    expect(many.code).toBe(2);
    await profile([], "sh", "-c", "setsid sleep 86398.5 >/dev/null 2>&1 & exit 0");
    await profile(["--tracer", "strace"], "sh", "-c", "sleep 86398.5 & exit 0");
    expect(running("86398.5")).toBe("");
  });

  it("says so where ptrace is forbidden", async () => {
    const ended = await lab.current.cli(["profile", ...QUICK, "--", "true"], {
      before: [built("deny-ptrace")],
    });
    expect(ended.code).toBe(4);
    expect(ended.err).toMatch(/does not let strace trace[\s\S]*not permitted/);
  });

  it("ends in order when it is interrupted", async () => {
    const started = lab.current.start(["profile", "--", "sleep", "86397.5"]);
    for (let waited = 0; running("86397.5") === "" && waited < 100; waited++) await sleep(100);
    started.kill("SIGINT");
    const ended = await started;
    expect(ended.exitCode).toBe(130);
    expect(running("86397.5")).toBe("");
  });

  it("leaves nothing behind", async () => {
    expect(lab.current.kept()).toEqual([]);
    expect(await lab.current.leftBehind()).toEqual([]);
  });
});

/** Command lines of living processes that hold a text. */
function running(mark: string): string {
  const all = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return all.filter((line) => line.startsWith("sleep ") && line.includes(mark)).join("\n");
}
