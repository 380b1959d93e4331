import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { beforeAll, expect, test } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { useLab, whyNot } from "./lab.ts";

/** Says something to itself over loopback; perl-base is on every Debian. */
const TALK = `
use IO::Socket::INET;
my $listener = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die "listen: $@";
if (fork) { my $peer = $listener->accept; print $peer "hello"; close $peer; wait }
else { my $to = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $listener->sockport) or die "connect: $@"; print <$to> }
`;

const reason = whyNot() ?? (existsSync("/usr/bin/perl") ? null : "needs perl");
const lab = useLab();

let launches: LaunchRecord[];
let warnings: string[];
let unavailable: string[];

beforeAll(async () => {
  if (reason !== null) return;
  const work = join(lab.current.dir, "work");
  mkdirSync(work);
  const text = Array.from({ length: 40_000 }, (_, line) => `${line} of many lines, ${line * line}\n`).join(
    "",
  );
  writeFileSync(join(work, "text"), text);
  const packedBytes = execaSync("/bin/gzip", ["-c", "text"], { cwd: work, encoding: "buffer" }).stdout.length;
  const program = (as: string, argv: string[], more = {}) => ({
    use: "program",
    as,
    params: { argv, repeat: 1, warmup: 0, ...more },
  });
  const run = await lab.current.run({
    matrix: { platform: ["systrap", "ptrace"], seccomp: ["none", "default"] },
    exclude: [
      {
        cells: "{unshare,runc,runsc*}/net={host,sandbox}/*::{gzip,sleeper,missing,crash}",
        reason: "one network will do",
      },
      { cells: "*/seccomp=default::{loopback,sleeper,missing,crash}", reason: "one filter will do" },
    ],
    scenarios: [
      program("gzip", ["/bin/gzip", "-c", "text"], {
        work,
        repeat: 2,
        expectStdoutBytes: packedBytes,
      }),
      program("sleeper", ["sleep", "0.2"], { memoryAt: 0.5 }),
      program("loopback", ["perl", "-e", TALK], { expectStdoutBytes: 5 }),
      program("missing", ["/usr/bin/no-such-program"]),
      program("crash", ["sh", "-c", "echo out of luck >&2; kill -ABRT $$"]),
    ],
    rounds: 1,
  });
  ({ launches } = run);
  warnings = run.summary.warnings;
  unavailable = run.summary.cells.filter((cell) => cell.status === "unavailable").map(({ cell }) => cell);
});

const of = (program: string) => launches.filter(({ cell }) => cell.endsWith(`::${program}`));

test("a program of the distribution runs in every sandbox, with the output that it has outside", (context) => {
  if (reason !== null) return context.skip(reason);
  const seen = of("gzip").map(({ cell, failure, ops }) => [
    cell,
    failure?.message ?? null,
    ops[0]?.batches.length,
  ]);
  expect(seen.filter(([, failure, repetitions]) => failure !== null || repetitions !== 2)).toEqual([]);
  expect(seen.length + unavailable.filter((cell) => cell.endsWith("::gzip")).length).toBe(9);
});

test("one that talks to itself over loopback does so on every network", (context) => {
  if (reason !== null) return context.skip(reason);
  const seen = of("loopback");
  expect(seen.filter(({ failure }) => failure !== null).map(({ cell, failure }) => [cell, failure])).toEqual(
    [],
  );
  expect(seen.length + unavailable.filter((cell) => cell.endsWith("::loopback")).length).toBe(13);
});

test("a missing program fails its launch and is named, in every sandbox", (context) => {
  if (reason !== null) return context.skip(reason);
  expect(of("missing").length).toBeGreaterThan(0);
  for (const { failure } of of("missing")) {
    expect(failure?.message).toMatch(/the command can't be started: .*\/usr\/bin\/no-such-program/);
  }
});

test("one that crashes fails with its signal and its last words", (context) => {
  if (reason !== null) return context.skip(reason);
  expect(of("crash").length).toBeGreaterThan(0);
  for (const { failure } of of("crash")) {
    expect(failure).toMatchObject({
      kind: "check",
      message: expect.stringMatching(/signal 6 .*: out of luck$/),
    });
  }
});

test("what gVisor does not count is left out with the reason, and is not zero", (context) => {
  if (reason !== null) return context.skip(reason);
  for (const { cell, values, skips } of of("gzip")) {
    const counted = values.some(({ name }) => name === "minor-faults");
    expect([cell, counted]).toEqual([cell, !cell.startsWith("runsc/")]);
    expect(skips.some(({ op }) => op === "minor-faults")).toBe(!counted);
  }
});

test("its memory is sampled on its way, with that of the sandbox around it", (context) => {
  if (reason !== null) return context.skip(reason);
  expect(of("sleeper").length).toBeGreaterThan(0);
  for (const { cell, memory } of of("sleeper")) {
    expect([cell, memory.map(({ mark }) => mark)]).toEqual([cell, ["running"]]);
    expect(memory[0]?.pssBytes).toBeGreaterThan(500_000);
  }
});

test("nothing is left behind", async (context) => {
  if (reason !== null) return context.skip(reason);
  expect(await lab.current.leftBehind()).toEqual([]);
  expect(lab.current.kept()).toEqual([]);
  expect(warnings.filter((warning) => warning.includes("left"))).toEqual([]);
});
