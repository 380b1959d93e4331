/** What a profiled program will cost in every configuration of a fitted model. */
import type { Configuration } from "../axes/configuration.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { quantile } from "../stats/distributions/quantile.ts";
import { sorted } from "../stats/distributions/sorted.ts";
import { calibrate, familyOf, type MeasuredProgram } from "./calibrate.ts";
import { boundOf, predictionInterval } from "./conformal.ts";
import type { ConfigurationModel, CostModel, Interval } from "./cost-model.ts";
import { errorsOf, type FamilyErrors, type KnownErrors } from "./known-errors.ts";
import { predictTime } from "./predict-time.ts";
import { demandOf, type ProgramDemand } from "./program-demand.ts";
import type { Corrections } from "./term-groups.ts";
import type { TermName } from "./terms.ts";
import { familyScores, leaveOneOut } from "./validate.ts";

export type CellPrediction = {
  configuration: string;
  config: Configuration;
  /** Run time here / natively, with its 90 % prediction interval. */
  slowdown: Interval;
  /** The program alone, ns. */
  runNs: Interval;
  /** Spawn to a clean host beside it, more than natively, ns; `null` = the run has not measured it. */
  startupNs: Interval | null;
  /** CPU time of one run with its start-up, all processes of the sandbox, ns. */
  cpuNs: Interval | null;
  /** What the host pays, bytes. */
  memoryBytes: Interval | null;
  /** The three terms that add most, ns. */
  dominant: { term: TermName; ns: number }[];
  /** Terms that the program meets and no operation has measured here. */
  missing: TermName[];
  /** Terms that the program meets and that the run hardly tells apart: their sum counts, each alone means nothing. */
  entangled: TermName[];
  /** Whose errors the interval holds, and who corrected the model: programs of the same run, or the shipped corpus. */
  basis: "programs" | "corpus";
  /** Family of configurations that these errors were made in; another one where the corpus never ran in this one. */
  errorsOf: string;
};

export type ProgramPrediction = {
  command: string[];
  /** One undisturbed native run, ns. */
  nativeNs: number;
  demand: ProgramDemand;
  /** Share of the program's calls that the model does not cover: it does not know them, or has no cost for them. */
  uncovered: number;
  cells: CellPrediction[];
};

/**
 * Fastest first, those with all costs before those that lack some.
 *
 * @param programs of the same run, to correct the model by and to take its errors from
 * @param known does both where there are too few of them
 */
export function predictProgram(
  profile: ProgramProfile,
  model: CostModel,
  programs: readonly MeasuredProgram[],
  known: KnownErrors,
): ProgramPrediction {
  const demand = demandOf(profile);
  const corrections = calibrate(model, programs);
  const tried = leaveOneOut(model, programs);
  const cells = model.configurations.map((member) => {
    const family = familyOf(member);
    const hasPrograms = programs.some(({ cells: measured }) => measured.has(member.configuration));
    const scores = hasPrograms ? familyScores(tried, family, null) : [];
    // Few programs know neither the model's errors nor how to correct them.
    return boundOf(scores) === null
      ? predictCell(profile, demand, member, { ...errorsOf(known, member), basis: "corpus" })
      : predictCell(profile, demand, member, {
          ...{ corrections: corrections.get(family)!, scores, of: family },
          basis: "programs",
        });
  });
  return {
    command: profile.command,
    nativeNs: profile.bare.wallNs,
    demand,
    uncovered: Math.max(demand.unknownShare, ...cells.map(({ missing }) => missingShare(demand, missing))),
    // What lacks a cost looks faster for it: it is ranked with none that has it.
    cells: cells.sort((a, b) => a.missing.length - b.missing.length || a.slowdown.value - b.slowdown.value),
  };
}

function predictCell(
  { bare }: ProgramProfile,
  demand: ProgramDemand,
  member: ConfigurationModel,
  { corrections, scores, of, basis }: FamilyErrors & Pick<CellPrediction, "basis">,
): CellPrediction {
  const found = predictTime(bare.wallNs, demand, member, corrections);
  const learnt = predictionInterval(found.slowdown, scores);
  const drawn = drawnInterval(bare.wallNs, demand, member, corrections);
  // The corpus was measured with more rounds than a quick run: what its own operations leave open comes on top.
  const slowdown =
    basis === "programs" && learnt !== null
      ? { value: found.slowdown, ...learnt }
      : together(found.slowdown, drawn, learnt);
  const runNs = scaled(slowdown, bare.wallNs);
  const { busyCpus, startupCpuNs, memoryBytes, memoryPerByte } = member;
  const cpu = bare.userNs + bare.systemNs;
  const cpuOf = (run: number, pick: keyof Interval) =>
    cpu + Math.max(0, run - bare.wallNs) * busyCpus![pick] + startupCpuNs![pick];
  return {
    configuration: member.configuration,
    config: member.config,
    slowdown,
    runNs,
    startupNs: member.startupNs,
    cpuNs:
      busyCpus === null || startupCpuNs === null
        ? null
        : {
            value: cpuOf(runNs.value, "value"),
            low: cpuOf(runNs.low, "low"),
            high: cpuOf(runNs.high, "high"),
          },
    memoryBytes:
      memoryBytes === null || memoryPerByte === null
        ? null
        : memoryOf(bare.maxRssBytes, memoryBytes, memoryPerByte),
    dominant: found.parts.slice(0, 3),
    missing: found.missing,
    entangled: member.entangled.filter((term) => (demand.demand[term] ?? 0) > 0),
    basis,
    errorsOf: of,
  };
}

/** Errors of two causes, taken to be independent: their logarithms add as squares do, on each side. */
function together(value: number, ...bounds: readonly ({ low: number; high: number } | null)[]): Interval {
  const far = (pick: "low" | "high") =>
    Math.hypot(...bounds.map((bound) => (bound === null ? 0 : Math.log(bound[pick] / value))));
  return { value, low: value * Math.exp(-far("low")), high: value * Math.exp(far("high")) };
}

/** What the resampled rounds of the operations leave open. */
function drawnInterval(
  nativeNs: number,
  demand: ProgramDemand,
  member: ConfigurationModel,
  corrections: Corrections,
): { low: number; high: number } {
  const drawn = sorted(
    member.draws.map((draw) => {
      const terms = member.terms.map((term, index) => ({ ...term, costNs: draw[index]! }));
      return predictTime(nativeNs, demand, { ...member, terms }, corrections).slowdown;
    }),
  );
  return { low: quantile(drawn, 0.05), high: quantile(drawn, 0.95) };
}

/** The sandbox's own memory, and what it pays for each byte of the program. */
function memoryOf(rssBytes: number, own: Interval, perByte: Interval): Interval {
  const at = (pick: keyof Interval) => own[pick] + rssBytes * perByte[pick];
  return { value: at("value"), low: at("low"), high: at("high") };
}

function scaled({ value, low, high }: Interval, factor: number): Interval {
  return { value: value * factor, low: low * factor, high: high * factor };
}

/** Without these a prediction is less sharp, but no call is left out of it. */
const SHARPENING: readonly TermName[] = ["byte", "net-byte", "compute", "paused-trap"];

/** Calls without a cost, as a share of all calls of the program. */
function missingShare({ demand }: ProgramDemand, missing: readonly TermName[]): number {
  const calls = (demand.trap ?? 0) + (demand["patched-trap"] ?? 0);
  const counted = missing.filter((term) => !SHARPENING.includes(term));
  const without = Math.max(0, ...counted.map((term) => demand[term] ?? 0));
  return calls === 0 ? 0 : Math.min(1, without / calls);
}
