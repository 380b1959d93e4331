import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { cacheDir } from "../../src/base/cache-folder.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import type { ResolvedConfig } from "../../src/config/resolved-config.ts";
import { probeHost } from "../../src/probe/probe-host.ts";
import type { HeldEnvironment } from "../../src/run/environment/held-environment.ts";
import { holdEnvironment } from "../../src/run/environment/hold-environment.ts";
import { buildForLaunch, scenarioWorkload } from "../../src/run/environment/scenario-workload.ts";
import type { LaunchOutcome } from "../../src/run/launch/launch-outcome.ts";
import type { ProgramTalk } from "../../src/run/launch/launch-request.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { loadScenarios } from "../../src/workload/catalogue.ts";
import { buildHelper, buildScenario, buildTrue } from "../../src/workload/programs.ts";
import { makeRootfs } from "../../src/workload/rootfs.ts";
import { hostState, leftBehind } from "./host-state.ts";
import { ROOT, whyNot } from "./lab.ts";

const reason = whyNot();
const UNSHARE: Configuration = { sandbox: "unshare", platform: null, network: "none", seccomp: "none" };
const RUNSC: Configuration = { ...UNSHARE, sandbox: "runsc", platform: "systrap" };
const CROWD = [
  { configuration: UNSHARE, scenario: "goroutines", launches: 6 },
  { configuration: RUNSC, scenario: "goroutines", launches: 3 },
  // Each of these needs a wire with a far end of its own: two on one would take the other's ports.
  { configuration: { ...UNSHARE, network: "sandbox" as const }, scenario: "network", launches: 2 },
  { configuration: { ...RUNSC, network: "sandbox" as const }, scenario: "network", launches: 1 },
];

/** Of each sandbox, beside native, one after another in the same folders. */
const ANY_PROGRAM: Configuration[] = [
  { ...UNSHARE, sandbox: "native", network: "host" },
  UNSHARE,
  { ...UNSHARE, sandbox: "runc" },
  RUNSC,
];
const said = new Map<string, string[]>();

let outcomes: LaunchOutcome[];
let again: LaunchOutcome[];
let left: string[];
let runId: string;

beforeAll(async () => {
  if (reason !== null) return;
  const before = hostState();
  const config = resolveConfig(
    { scenarioDir: "scenarios", scenarios: ["goroutines", "network"], preset: "quick" },
    {},
    "test",
    ROOT,
  );
  const scenarios = await loadScenarios(config);
  const host = await probeHost({
    sandboxTrials: SANDBOX_TRIALS,
    trueBinary: await buildTrue(),
    kvmCapsBinary: await buildHelper("sbx-kvm-caps"),
  });
  const prepare = async (held: HeldEnvironment, { configuration, scenario }: (typeof CROWD)[number]) => {
    const built = await buildForLaunch(scenarios.find(({ as }) => as === scenario)!);
    const workload = scenarioWorkload(built, configuration.network, host.processor.constantTsc);
    return held.prepare(configuration, workload, config);
  };
  await holdEnvironment({ host }, async (held) => {
    runId = held.runId;
    const prepared = await Promise.all(CROWD.map((one) => prepare(held, one)));
    const launchAll = () =>
      Promise.all(
        CROWD.flatMap(({ launches }, index) =>
          Array.from({ length: launches }, () => held.launch(prepared[index]!)),
        ),
      );
    outcomes = await launchAll();
    // The same lanes once more: runsc took the address off its wire.
    again = await launchAll();
    await launchEcho(held, config);
  });
  left = await leftBehind(before, join(tmpdir(), runId), [runId]);
});

async function launchEcho(held: HeldEnvironment, config: ResolvedConfig): Promise<void> {
  const program = await buildScenario(join(import.meta.dirname, "fixtures/echo"));
  const rootfs = await makeRootfs(program, await buildTrue());
  const workload = { name: "echo", rootfs, args: ["one", "two words"], env: {} };
  for (const configuration of ANY_PROGRAM) {
    const prepared = await held.prepare(configuration, workload, config);
    const texts: string[] = [];
    said.set(configuration.sandbox, texts);
    for (const input of ["first", "second"]) {
      const talk: ProgramTalk = {
        speaksProtocol: false,
        input,
        onOutput: (stream, bytes) => texts.push(`${stream}: ${bytes}`),
      };
      const { exitCode } = await held.launch(prepared, { talk });
      texts.push(`exit code ${exitCode}`);
    }
  }
}

describe("eight of unshare and four of runsc at a time, three of them on the wire", () => {
  test("all do their work", (context) => {
    if (reason !== null) return context.skip(reason);
    expect([...outcomes, ...again].map(({ measured }) => measured.failure?.message ?? null)).toEqual(
      Array(24).fill(null),
    );
    expect(outcomes.every(({ measured }) => measured.ops.length > 0)).toBe(true);
  });

  test("are under way together", (context) => {
    if (reason !== null) return context.skip(reason);
    const spans = outcomes.map(({ measured, underWayNs }) => {
      const start = Date.parse(measured.startedAt) + measured.phases.prepareNs / 1e6;
      return { start, end: start + underWayNs / 1e6 };
    });
    const together = spans.map(
      (one) => spans.filter(({ start, end }) => start <= one.start && one.start < end).length,
    );
    // On a busy host the first one may have ended before the last one starts.
    expect(Math.max(...together)).toBeGreaterThanOrEqual(spans.length / 2);
  });

  test("each have an id and CPU time of a cgroup of their own", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(new Set(outcomes.map(({ launchId }) => launchId)).size).toBe(12);
    expect(outcomes.every(({ measured }) => (measured.cpuNs ?? 0) > 0)).toBe(true);
    expect(new Set(outcomes.map(({ measured }) => measured.cpuNs)).size).toBe(12);
  });

  test("leave nothing behind", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(left).toEqual([]);
    expect(existsSync(cacheDir("ledger", `${runId}.ndjson`))).toBe(false);
    expect(existsSync(cacheDir("scratch", runId))).toBe(false);
  });
});

test.for(ANY_PROGRAM)(
  "under $sandbox any program gets its arguments, its input and empty folders",
  ({ sandbox }, context) => {
    if (reason !== null) return context.skip(reason);
    expect(said.get(sandbox)).toEqual(
      ["first", "second"].flatMap((input) => [
        `stdout: args=one,two words input=${input} bind=0\n`,
        "exit code 3",
      ]),
    );
  },
);
