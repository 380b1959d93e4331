/** What is to be tuned for: the run's own mix of operations, or a program. */
import { SbxError } from "../base/errors.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { demandOf } from "../model/program-demand.ts";
import {
  askedWeights,
  equalWeights,
  type OpWeights,
  type WorkOp,
  workOps,
} from "../model/tune/op-weights.ts";
import type { Workload } from "../model/tune/tune.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { formatShare, formatValue, plural } from "../report/kit/format.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { plainRun } from "../stats/summaries/plain-run.ts";
import { loadRun } from "../store/load-run.ts";
import type { StoredRun } from "../store/stored-run.ts";
import { type ModelHere, modelHere } from "./model-here.ts";
import { profileHere } from "./options/profile-options.ts";
import { note, noteStored } from "./output/note.ts";
import { probeHere } from "./plan-here.ts";
import { type ProgramInput, programInput } from "./program-input.ts";
import { requireInputs, storedProfile } from "./stored-inputs.ts";
import type { TuneFlags } from "./tune-flags.ts";

export type TuneWorkload = {
  run: StoredRun;
  workload: Workload;
  /** For people. */
  text: string;
  /** Of a program. */
  command: string[] | null;
  weights: { operation: string; weight: number }[] | null;
  /** Factors whose function the program does not use. */
  unneeded: string[];
  warnings: string[];
};

/** The run to advise from, and the program where there is one; nothing is profiled yet. */
export type TuneRun = {
  run: StoredRun;
  program: {
    input: ProgramInput | null;
    probe: HostProbe;
    stored: ProgramProfile | null;
    known: ModelHere;
  } | null;
};

/** @throws SbxError for options that contradict each other, and for a program, profile or run that can't be used */
export async function tuneRun(
  words: readonly string[],
  flags: TuneFlags,
  config: ResolvedConfig,
): Promise<TuneRun> {
  const isProgram = words.length > 0 || flags.profile !== undefined;
  if (isProgram && flags.weights !== undefined) {
    throw new SbxError({
      what: "--weights and a program don't go together",
      why: "Weights put a workload together from the run's operations; a program is one already.",
      fix: "Leave out one of them.",
    });
  }
  if (words.length > 0 && flags.profile !== undefined) {
    throw new SbxError({
      what: "A program and --profile don't go together",
      why: "Advice is for one workload: a program that is run now, or a stored profile.",
      fix: "sbx-bench tune -- COMMAND, or sbx-bench tune --profile FILE",
    });
  }
  if (!isProgram) return { run: loadRun(flags.run ?? "latest", config.out), program: null };
  const input = flags.profile === undefined ? programInput(words, flags, "sbx-bench tune -- COMMAND") : null;
  requireInputs(flags, config.out);
  const probe = await probeHere(config, false, note);
  const allowUnlike = flags.allowUnlike === true;
  const stored = storedProfile(flags, probe);
  const known = modelHere(flags.run ?? null, config.out, probe.fingerprint, allowUnlike);
  return { run: loadRun(known.dir, config.out), program: { input, probe, stored, known } };
}

/** @returns `null` when a signal broke the profiling off, which is said */
export async function workloadOf({ run, program }: TuneRun, flags: TuneFlags): Promise<TuneWorkload | null> {
  if (program === null) return mixOf(run, flags);
  const { input, probe, stored, known } = program;
  const profile = input === null ? stored : await profileHere(input, flags, probe);
  return profile === null ? null : programWorkload(run, known, profile, flags);
}

function mixOf(run: StoredRun, flags: TuneFlags): TuneWorkload {
  noteStored(run);
  const { manifest } = plainRun(run);
  const ops = workOps(manifest);
  const weights = flags.weights === undefined ? equalWeights(ops) : askedWeights(flags.weights, ops);
  const shares = [...weights]
    .map(([operation, weight]) => ({ operation, weight }))
    .sort((a, b) => b.weight - a.weight);
  return {
    run,
    workload: { kind: "mix", ops, weights },
    text: mixText(ops, weights, flags.weights !== undefined),
    command: null,
    weights: shares,
    unneeded: [],
    warnings: [],
  };
}

function mixText(ops: readonly WorkOp[], weights: OpWeights, isAsked: boolean): string {
  const groups = new Set(ops.filter(({ key }) => weights.has(key)).map(({ group }) => group));
  const what = `${plural(weights.size, "operation")} in ${plural(groups.size, "group")}`;
  return isAsked
    ? `Workload: ${what} of the run; its cost is their geometric mean, weighted as asked.`
    : `Workload: the run's own mix, ${what}; its cost is their geometric mean, in which each group weighs the same (--weights changes that, -- COMMAND takes a program of yours).`;
}

function programWorkload(
  run: StoredRun,
  known: ModelHere,
  profile: ProgramProfile,
  flags: TuneFlags,
): TuneWorkload {
  const demand = demandOf(profile);
  refuseUnknown(demand, flags.maxUncovered);
  const nativeNs = profile.bare.wallNs;
  return {
    run,
    workload: {
      kind: "program",
      program: { nativeNs, demand },
      model: known.model,
      programs: known.programs,
    },
    text: `Workload: ${profile.command.join(" ")}, natively ${formatValue(nativeNs, "ns")}, predicted from ${known.source}.`,
    command: profile.command,
    weights: null,
    unneeded: usesNetwork(profile) ? [] : ["network"],
    warnings: [...known.warnings, ...profile.warnings],
  };
}

/** Unix sockets count too: a call's profile does not tell them apart. */
function usesNetwork({ calls }: ProgramProfile): boolean {
  return calls.some(({ target, name }) => target === "socket" || name === "socket" || name === "connect");
}

function refuseUnknown({ unknown, unknownShare }: ReturnType<typeof demandOf>, most: number): void {
  if (unknownShare <= most) return;
  const names = unknown.slice(0, 5).map(({ name, count }) => `${name} (${count})`);
  throw new SbxError({
    what: `The model does not know ${formatShare(unknownShare)} of this program's calls`,
    why: `It does not know ${names.join(", ")}.`,
    fix: `Accept more with --max-uncovered ${Math.ceil(unknownShare * 100)}%, or measure the program: sbx-bench predict --verify -- COMMAND`,
  });
}
