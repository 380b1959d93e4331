import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import { useLab, whyNot } from "./lab.ts";

const SCENARIOS = join(import.meta.dirname, "fixtures/scenarios");

const reason = whyNot();
const lab = useLab();

const FAULTS = [
  { fault: "hang", kind: "hang", message: /^no end within 2 s \(after its first line\); killed$/ },
  {
    fault: "crash",
    kind: "crash",
    message: /^ended with exit code 2: panic: scripted crash$/,
    stderr: /panic: scripted crash/,
  },
  { fault: "garbage", kind: "garbage", message: /^not a JSON line: Hello, world!$/, stdout: /Hello, world!/ },
  { fault: "flood", kind: "flood", message: /^printed more than 1 MiB and was killed$/, stdout: /x{1000}/ },
  { fault: "early-exit", kind: "early-exit", message: /did not print its last line/, stdout: /"hello"/ },
  { fault: "check", kind: "check", message: /^check sum failed: expected 4, got 5$/ },
] as const;

const SANDBOXES = ["native", "unshare", "runc", "runsc"] as const;

let summary: Summary;
let launches: LaunchRecord[];
let code: number | undefined;

beforeAll(async () => {
  if (reason !== null) return;
  const faults = [...FAULTS.map(({ fault }) => fault), "fork-orphan", "none"];
  const run = await lab.current.run({
    matrix: { sandbox: [...SANDBOXES], platform: ["systrap"], network: ["none", "host"], seccomp: ["none"] },
    // Every sandbox once: native on the host's network, which is its only one, the others on none.
    exclude: [{ cells: "{unshare,runc,runsc/systrap}/net=host/*", reason: "not tested twice" }],
    scenarioDir: SCENARIOS,
    scenarios: faults.map((fault) => ({ use: "faulty", as: fault, params: { fault } })),
    rounds: 1,
    limits: { launchSeconds: 2, outputMiB: 1 },
  });
  ({ summary, launches, code } = run);
});

const launchOf = (sandbox: string, fault: string) =>
  launches.find((launch) => launch.cell.startsWith(`${sandbox}/`) && launch.cell.endsWith(`::${fault}`));
const cellOf = (sandbox: string, fault: string) =>
  summary.cells.find((cell) => cell.cell === launchOf(sandbox, fault)?.cell);

describe.each(SANDBOXES)("under %s", (sandbox) => {
  test.for(FAULTS)("$fault makes exactly its cell failed, with the evidence", (expected, context) => {
    if (reason !== null) return context.skip(reason);
    const failure = launchOf(sandbox, expected.fault)?.failure;
    expect(failure?.kind).toBe(expected.kind);
    expect(failure?.message).toMatch(expected.message);
    if ("stdout" in expected) expect(failure?.stdoutTail).toMatch(expected.stdout);
    if ("stderr" in expected) expect(failure?.stderrTail).toMatch(expected.stderr);
    expect(cellOf(sandbox, expected.fault)).toMatchObject({ status: "failed", reason: failure?.message });
  });

  test("a healthy cell is measured beside them", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(cellOf(sandbox, "none")).toMatchObject({ status: "measured", failedLaunches: 0 });
  });

  test("a launch that hangs is ended soon after its limit", (context) => {
    if (reason !== null) return context.skip(reason);
    const { phases } = launchOf(sandbox, "hang")!;
    expect(phases.cleanupNs / 1e9).toBeLessThan(2);
  });
});

describe("a process that leaves its session and holds the output open", () => {
  test("under native fails its launch, and is ended by its mark", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(launchOf("native", "fork-orphan")?.failure).toMatchObject({
      kind: "hang",
      message: expect.stringContaining("left behind held its output open"),
    });
  });

  test.for(["unshare", "runc", "runsc"])("under %s ends with its pid namespace", (sandbox, context) => {
    if (reason !== null) return context.skip(reason);
    expect(launchOf(sandbox, "fork-orphan")?.failure).toBeNull();
  });
});

test("native, unshare, runc, runsc: the exit code says that some cells failed", (context) => {
  if (reason !== null) return context.skip(reason);
  expect(code).toBe(5);
});

test("native, unshare, runc, runsc: nothing is left behind", async (context) => {
  if (reason !== null) return context.skip(reason);
  expect(await lab.current.leftBehind()).toEqual([]);
  expect(lab.current.kept()).toEqual([]);
});
