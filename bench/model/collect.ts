/** Runs the corpus in every configuration by the ordinary machinery of `run`, into a run folder. */
import { join } from "node:path";
import { commandContext } from "../../src/cli/output/context.ts";
import { PRESET_DEFAULTS } from "../../src/config/defaults.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { writeReport } from "../../src/report/run/write-report.ts";
import type { RunResult } from "../../src/run/run-matrix.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import { measureHere } from "../../src/use-cases/run/measure.ts";
import { PLAIN_SETTINGS, type PreparedRun, prepareNew } from "../../src/use-cases/run/prepare-new.ts";
import { prepareResumed } from "../../src/use-cases/run/prepare-stored.ts";
import { sweep } from "../../src/use-cases/sweep.ts";
import type { UseCaseContext } from "../../src/use-cases/use-case.ts";
import { corpusFolder } from "./corpus-folder.ts";
import {
  type CorpusUse,
  corpusUse,
  type MissingProgram,
  missingCommands,
  type Repetitions,
} from "./corpus-uses.ts";
import { PROGRAMS } from "./programs.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The generated filter is no part of it: none is generated for arbitrary programs. */
const MATRIX = {
  platform: ["systrap", "ptrace", "kvm"],
  seccomp: ["none", "default"],
} satisfies BenchConfig["matrix"];

export type Collecting = {
  rounds: number;
  seed: string;
  /** Folder of the runs. */
  out: string;
  /** Names of the corpus; empty = all. */
  programs: readonly string[];
  repetitions: Repetitions;
  /** Globs of cell ids to keep; empty = all. */
  cells: readonly string[];
  /** Measure in the same rounds what a cost model is fitted to. */
  operations: boolean;
};

export type Collected = {
  run: RunResult;
  summary: Summary;
  /** Programs of the corpus that this host lacks. */
  missing: MissingProgram[];
};

/** @throws SbxError when nothing can be run; an error for a name that the corpus has not */
export async function collect(asked: Collecting): Promise<Collected> {
  const context = commandContext();
  await sweep(context.say);
  const { uses, missing } = await corpusUses(asked);
  const config = resolveConfig(
    {
      matrix: MATRIX,
      preset: "model",
      scenarios: [...(asked.operations ? (PRESET_DEFAULTS.model.scenarios ?? []) : []), ...uses],
      ...(asked.cells.length === 0 ? {} : { include: [...asked.cells] }),
    },
    { rounds: asked.rounds, seed: asked.seed, out: asked.out },
    "bench/model",
    ROOT,
  );
  const prepared = await prepareNew(
    config,
    { ...PLAIN_SETTINGS, twins: "none", commandLine: ["bench:model", "collect"] },
    context.say,
  );
  return { ...(await finish(prepared, context)), missing };
}

/** Goes on with the newest run below `out`, or the named one. */
export async function resume(out: string, runId: string | null): Promise<Collected> {
  const context = commandContext();
  await sweep(context.say);
  return { ...(await finish(await prepareResumed(out, runId, false, context.say), context)), missing: [] };
}

/** The program that exits at once: what start-up, the wrapper and one fork and exec cost, for telling them from a program's. */
const EXIT_AT_ONCE = "exit-at-once";

function atOnce(repetitions: Repetitions): CorpusUse {
  return { use: "program", as: EXIT_AT_ONCE, params: { argv: [], binds: [], ...repetitions, memoryAt: 0 } };
}

/** @throws an error for a name that the corpus has not */
export async function corpusUses({ programs, repetitions }: Pick<Collecting, "programs" | "repetitions">) {
  const unknown = programs.filter((name) => !PROGRAMS.some((program) => program.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `the corpus has no program ${unknown.join(", ")}; it has ${PROGRAMS.map(({ name }) => name).join(", ")}`,
    );
  }
  const folder = await corpusFolder();
  const uses: CorpusUse[] = [atOnce(repetitions)];
  const missing: MissingProgram[] = [];
  for (const program of PROGRAMS) {
    if (programs.length > 0 && !programs.includes(program.name)) continue;
    const lacking = await missingCommands(program);
    if (lacking === null) uses.push(await corpusUse(program, folder, repetitions));
    else missing.push(lacking);
  }
  return { uses, missing };
}

async function finish(prepared: PreparedRun, context: UseCaseContext): Promise<Omit<Collected, "missing">> {
  const run = await measureHere(prepared, undefined, context);
  const summary = summarise(run.manifest, run.launches);
  await writeReport({ ...run, summary });
  return { run, summary };
}
