/** A made-up comparison with every verdict, and every oddity that a renderer must survive. */
import type {
  ComparedSide,
  Comparison,
  MetricComparison,
  VerdictName,
} from "../../../src/check/comparison-types.ts";

const SYSTRAP = "runsc/systrap/net=none/seccomp=none";
const RUNC = "runc/net=none/seccomp=default";

type Row = Partial<MetricComparison> & { median: number; ratio: number; half: number | null };

/** `half`: half of the interval's width, in ln units; null = too few launches. */
function metric(cell: string, name: string, verdict: VerdictName, row: Row): MetricComparison {
  const { median, ratio, half, ...rest } = row;
  const scenario = cell.split("::")[1] ?? "";
  const cost = rest.better === "higher" ? 1 / ratio : ratio;
  const [before, after] = [rest.a?.median ?? median, rest.b?.median ?? median * cost];
  return {
    cell,
    cellA: cell,
    scenario,
    metric: name,
    title: `${name}, as its scenario describes it`,
    unit: "ns",
    better: "lower",
    a: { median, launches: 15, zeros: 0 },
    b: { median: median * cost, launches: 15, zeros: 0 },
    n: 15,
    effect: {
      ratio,
      ciLow: half === null ? null : ratio * Math.exp(-half),
      ciHigh: half === null ? null : ratio * Math.exp(half),
    },
    offset: 0,
    values: {
      agree: true,
      of: { low: after, high: after },
      over: { low: before, high: before },
    },
    pWorse: verdict === "worse" ? 0.0006 : 0.7,
    pBetter: verdict === "better" ? 0.0006 : 0.8,
    verdict,
    delta: 0.05,
    deltaFrom: "configured",
    driftAllowance: 0,
    noiseFloor: 0.011,
    floorMeasuredAt: "2026-11-20T10:15:00.000Z",
    mde: half === null ? null : 0.05 + half,
    roundsToSettle: null,
    settleNs: null,
    gated: true,
    ...rest,
  };
}

const METRICS: MetricComparison[] = [
  metric(`${SYSTRAP}::syscalls`, "getpid", "worse", { median: 1_350, ratio: 1.124, half: 0.021 }),
  metric(`${SYSTRAP}::syscalls`, "open-close", "worse", { median: 14_200, ratio: 2.31, half: 0.05 }),
  metric(`${RUNC}::startup`, "ready", "worse", { median: 52_400_000, ratio: 1.087, half: 0.012 }),
  metric(`${SYSTRAP}::files`, "rand-read", "worse", {
    median: 1.1e9,
    ratio: 1.108,
    half: 0.02,
    unit: "bytes/s",
    better: "higher",
    delta: 0.081,
    deltaFrom: "noise floor",
    noiseFloor: 0.081,
  }),
  metric(`${SYSTRAP}::syscalls`, "futex", "unclear", {
    median: 17_600,
    ratio: 1.031,
    half: 0.043,
    roundsToSettle: 41,
    settleNs: 130e9,
  }),
  metric(`${RUNC}::startup`, "exit", "unclear", { median: 7_400_000, ratio: 0.97, half: 0.4 }),
  metric(`${RUNC}::network`, "http", "unclear", {
    median: 41_000,
    ratio: 1.2,
    half: null,
    unit: "1/s",
    better: "higher",
    a: { median: 41_000, launches: 4, zeros: 0 },
    b: { median: 34_100, launches: 4, zeros: 0 },
    n: 4,
    roundsToSettle: 12,
    noiseFloor: null,
  }),
  metric(`${SYSTRAP}::syscalls`, "epoll", "better", { median: 3_400, ratio: 0.871, half: 0.02 }),
  metric(`${SYSTRAP}::startup`, "cleanup", "better", { median: 1_980_000, ratio: 0.42, half: 0.03 }),
  ...["stat", "getdents", "pipe", "eventfd", "socketpair", "page-fault", "sched-yield"].map((name, index) =>
    metric(`${SYSTRAP}::syscalls`, name, "same", {
      median: 900 * (index + 1),
      ratio: 1 + 0.004 * (index - 3),
      half: 0.008 + 0.003 * index,
    }),
  ),
  metric(`${SYSTRAP}::memory`, "pss@start", "same", {
    median: 38.2 * 2 ** 20,
    ratio: 1.001,
    half: 0.002,
    unit: "bytes",
  }),
  metric(`${SYSTRAP}::goroutines`, "lost-updates", "unclear", {
    median: 41_000,
    ratio: 1.6,
    half: 0.7,
    unit: "count",
    gated: false,
  }),
];

function side(label: string, runId: string, runsc: string): ComparedSide {
  return {
    label,
    runId,
    startedAt: "2026-11-23T10:15:00.000Z",
    fingerprintId: "f3a91c20",
    toolVersion: "0.1.0",
    versions: { runsc, kernel: "6.12.0-amd64", go: "go1.26.1" },
  };
}

/** 4 worse, 3 unclear, 2 better, 8 the same, 1 not gated, 3 cells not compared. */
export function comparisonFixture(changes: Partial<Comparison> = {}): Comparison {
  const metrics = changes.metrics ?? METRICS;
  const gated = metrics.filter((one) => one.gated);
  const count = (name: VerdictName) => gated.filter(({ verdict }) => verdict === name).length;
  const counts = {
    worse: count("worse"),
    better: count("better"),
    same: count("same"),
    unclear: count("unclear"),
  };
  return {
    schema: "sbx-bench/comparison@1",
    kind: "interleaved",
    a: side("base.config.ts", "20261123-101500-1f3a", "release-20261109.0"),
    b: side("new.config.ts", "20261123-101500-1f3a", "release-20261116.0"),
    unlike: [],
    broken: [
      {
        cell: "runsc/ptrace/net=none/seccomp=none::network",
        scenario: "network",
        metric: null,
        reason: "the program ended with exit code 2",
      },
    ],
    metrics,
    notCompared: [
      {
        cell: "runsc/kvm/net=none/seccomp=none::syscalls",
        metric: null,
        reason: "unavailable: hangs, no answer within 10 s",
      },
      {
        cell: "runsc/kvm/net=none/seccomp=none::startup",
        metric: null,
        reason: "unavailable: hangs, no answer within 10 s",
      },
      {
        cell: `${RUNC}::files`,
        metric: "rand-read",
        reason: 'impossible on side a: "-1 ns" <below zero> & 100 % odd, see a|b',
      },
    ],
    warnings: ["2 launches were disturbed: steal 4.1 %"],
    counts,
    idleRules: [],
    alpha: 0.01,
    disturbed: { a: 0, b: 0 },
    betweenRuns: null,
    outcome: counts.worse > 0 ? "worse" : counts.unclear > 0 ? "unclear" : "ok",
    emulated: false,
    ...changes,
  };
}

/** Only the metrics with one of these verdicts. */
export function onlyVerdicts(...names: VerdictName[]): Comparison {
  return comparisonFixture({
    metrics: METRICS.filter(({ verdict, gated }) => gated && names.includes(verdict)),
    broken: [],
    notCompared: [],
    warnings: [],
  });
}
