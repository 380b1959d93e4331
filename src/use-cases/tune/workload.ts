/** What is to be tuned for: the run's own mix of operations, or a program. */
import { SbxError } from "../../base/errors.ts";
import { demandOf } from "../../model/program-demand.ts";
import { SHIPPED_ERRORS } from "../../model/shipped-errors.ts";
import {
  askedWeights,
  equalWeights,
  type OpWeights,
  type WorkOp,
  workOps,
} from "../../model/tune/op-weights.ts";
import type { Workload } from "../../model/tune/tune.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { formatShare, formatValue, plural } from "../../report/kit/format.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import { loadRun } from "../../store/load-run.ts";
import type { StoredRun } from "../../store/stored-run.ts";
import { probeHere } from "../probe-host.ts";
import { profileProgram } from "../profile.ts";
import { type ProgramInput, programInput } from "../program/program-input.ts";
import { requireInputs, storedProfile } from "../program/stored-inputs.ts";
import { type ModelHere, modelHere } from "../program/stored-model.ts";
import { sayStored } from "../stored-notes.ts";
import { notesTo, type Say, type UseCaseContext } from "../use-case.ts";
import type { TuneRequest } from "./tune-request.ts";

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
export async function tuneRun(request: TuneRequest, say: Say): Promise<TuneRun> {
  const { command, config, profile, allowUnlike } = request;
  const isProgram = command.length > 0 || profile !== null;
  if (isProgram && request.weights !== null) {
    throw new SbxError({
      what: "--weights and a program don't go together",
      why: "Weights put a workload together from the run's operations; a program is one already.",
      fix: "Leave out one of them.",
    });
  }
  if (command.length > 0 && profile !== null) {
    throw new SbxError({
      what: "A program and --profile don't go together",
      why: "Advice is for one workload: a program that is run now, or a stored profile.",
      fix: "sbx-bench tune -- COMMAND, or sbx-bench tune --profile FILE",
    });
  }
  if (!isProgram) return { run: loadRun(request.run ?? "latest", config.out), program: null };
  const input = profile === null ? programInput(command, request.program, "sbx-bench tune -- COMMAND") : null;
  requireInputs(request, config.out);
  const probe = await probeHere(config, false, notesTo(say));
  const stored = storedProfile(request, probe);
  const known = modelHere(request.run, config.out, probe.fingerprint, allowUnlike, say);
  return { run: loadRun(known.dir, config.out), program: { input, probe, stored, known } };
}

/** @returns `null` where profiling was interrupted, which is said */
export async function workloadOf(
  { run, program }: TuneRun,
  request: TuneRequest,
  context: UseCaseContext,
): Promise<TuneWorkload | null> {
  if (program === null) return mixOf(run, request, context.say);
  const { input, probe, stored, known } = program;
  const profile = input === null ? stored : await profileProgram(input, request.profiling, probe, context);
  return profile === null ? null : programWorkload(run, known, profile, request.maxUncovered);
}

function mixOf(run: StoredRun, { weights: asked }: TuneRequest, say: Say): TuneWorkload {
  sayStored(say, run);
  const { manifest } = plainRun(run);
  const ops = workOps(manifest);
  const weights = asked === null ? equalWeights(ops) : askedWeights(asked, ops);
  const shares = [...weights]
    .map(([operation, weight]) => ({ operation, weight }))
    .sort((a, b) => b.weight - a.weight);
  return {
    run,
    workload: { kind: "mix", ops, weights },
    text: mixText(ops, weights, asked !== null),
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
  maxUncovered: number,
): TuneWorkload {
  const demand = demandOf(profile);
  refuseUnknown(demand, maxUncovered);
  const nativeNs = profile.bare.wallNs;
  return {
    run,
    workload: {
      kind: "program",
      known: SHIPPED_ERRORS,
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
