/**
 * A driver that starts nothing: seeded synthetic samples and scripted faults, for testing the pipeline.
 * Its figures are invented and never stand in a report of a measurement.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { globMatcher } from "../base/glob.ts";
import { seededRandom } from "../plan/seeded-random.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";
import type { SandboxDriver, SyntheticIo } from "./driver.ts";
import type { SandboxImplementation } from "./implementation.ts";

const FAKE_FAULTS = [
  "hang",
  "hang-at-start",
  "crash",
  "garbage",
  "flood",
  "early-exit",
  "check",
  "slow",
  "linger",
] as const;
type FakeFaultKind = (typeof FAKE_FAULTS)[number];

export type FakeFault = {
  /** Glob of cell ids. */
  cells: string;
  kind: FakeFaultKind;
  /** Rounds (from 0) in which it strikes; all when left out. */
  rounds?: number[];
  /** Of `slow`: what every time is multiplied by. */
  factor?: number;
  /** Of `linger`: how long nothing is printed first, ms. */
  ms?: number;
};

export type FakeOptions = {
  seed: string;
  faults: readonly FakeFault[];
  metricsOf(scenario: string): readonly MetricMeta[];
};

export const fake: SandboxImplementation = {
  driver: (setting) => fakeDriver(setting.fake),
  trial: null,
};

const FLOOD_LINE = `${"x".repeat(1023)}\n`;

function fakeDriver(options: FakeOptions): SandboxDriver {
  return {
    async prepare(request) {
      return {
        warnings: ["synthetic: invented by the fake driver"],
        async launch({ round }) {
          const fault = options.faults.find(
            (candidate) =>
              globMatcher(candidate.cells)(request.cellId) &&
              (candidate.rounds === undefined || candidate.rounds.includes(round)),
          );
          const random = seededRandom(`${options.seed}/${request.cellId}/${round}`);
          const slowdown = fault?.kind === "slow" ? (fault.factor ?? 1) : 1;
          const lines = transcript(request.scenario, options.metricsOf(request.scenario), random, slowdown);
          const lingerMs = fault?.kind === "linger" ? (fault.ms ?? 0) : 0;
          return {
            kind: "synthetic",
            async run(io) {
              if (lingerMs > 0) await sleep(lingerMs);
              return play(io, lines, fault?.kind ?? null);
            },
          };
        },
      };
    },
  };
}

async function play(
  io: SyntheticIo,
  lines: readonly string[],
  fault: FakeFaultKind | null,
): Promise<{ exitCode: number | null; signal: string | null }> {
  const [hello = "", ...rest] = lines;
  if (fault !== "hang-at-start") io.stdout(`${hello}\n`);
  switch (fault) {
    case "hang":
    case "hang-at-start":
      await io.killed;
      return { exitCode: null, signal: "SIGKILL" };
    case "crash":
      io.stderr("panic: scripted crash\n");
      return { exitCode: 2, signal: null };
    case "garbage":
      io.stdout("this is no protocol line\n");
      return { exitCode: 0, signal: null };
    case "early-exit":
      return { exitCode: 0, signal: null };
    case "flood": {
      let over = false;
      void io.killed.then(() => {
        over = true;
      });
      while (!over) {
        for (let line = 0; line < 1024; line += 1) io.stdout(FLOOD_LINE);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { exitCode: null, signal: "SIGKILL" };
    }
    case "check":
      io.stdout(
        `${JSON.stringify({ type: "check", name: "scripted", ok: false, expected: "1", actual: "0" })}\n`,
      );
      break;
    case "slow":
    case "linger":
    case null:
      break;
  }
  for (const line of rest) io.stdout(`${line}\n`);
  return { exitCode: 0, signal: null };
}

/** Log-normal times around a value that depends on the metric's name only. */
function transcript(
  scenario: string,
  metrics: readonly MetricMeta[],
  random: () => number,
  slowdown: number,
): string[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const printed = metrics.filter((meta) => meta.group !== "start-up" && !meta.metric.includes("@"));
  const launchEffect = Math.exp(0.02 * normal());
  const scale = (meta: MetricMeta) => (meta.better === "lower" ? slowdown : 1 / slowdown);
  return [
    { type: "hello", v: 1, scenario, go: "fake", gomaxprocs: 1 },
    ...printed.map((meta) => {
      const centre = 100 * (1 + [...meta.metric].reduce((sum, letter) => sum + letter.charCodeAt(0), 0));
      const batches = Array.from(
        { length: 12 },
        () => centre * scale(meta) * launchEffect * Math.exp(0.01 * normal()),
      );
      const sorted = batches.toSorted((a, b) => a - b);
      const middle = ((sorted[5] ?? 0) + (sorted[6] ?? 0)) / 2;
      return {
        type: "op",
        op: meta.metric,
        unit: meta.unit,
        iterations: 120,
        batchSize: 10,
        batches,
        median: middle,
        p10: sorted[1] ?? null,
        p50: middle,
        p90: sorted[10] ?? null,
        p99: sorted[11] ?? null,
        histogram: sorted.map((value) => [value, 1]),
      };
    }),
    { type: "clock", source: "monotonic", hzStart: 1e9, hzEnd: 1e9, readCostNs: 1 },
    { type: "end" },
  ].map((line) => JSON.stringify(line));
}
