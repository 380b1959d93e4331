/** `predict --verify`: the program itself in the predicted configurations, in an ordinary run. */
import { join } from "node:path";
import { writeAtomically } from "../base/write-atomically.ts";
import { DEFAULTS } from "../config/defaults.ts";
import { resolveConfig } from "../config/resolve.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { familyOf, type MeasuredProgram } from "../model/calibrate.ts";
import { measuredPrograms } from "../model/measured-programs.ts";
import { modelFile } from "../model/model-file.ts";
import type { ProgramPrediction } from "../model/predict-program.ts";
import type { ValidatedCell } from "../model/validate.ts";
import { MODEL_FILE } from "../report/model/cost-of-run.ts";
import type { VerifiedCell } from "../report/predict/verified.ts";
import { writeReport } from "../report/run/write-report.ts";
import { sweepLeftovers } from "../run/environment/sweep.ts";
import type { RunResult } from "../run/run-matrix.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { summarise } from "../stats/summaries/summarise.ts";
import { writeRunProfile } from "../store/run-profiles.ts";
import { BUNDLED_SCENARIOS } from "../workload/programs.ts";
import type { EXIT } from "./output/exit-codes.ts";
import { note } from "./output/note.ts";
import { prepareNew } from "./prepare-run.ts";
import { type ProgramUseFlags, programUse } from "./program-use.ts";
import { measureHere } from "./run-here.ts";

/** Name of the program's cells in the run. */
const NAME = "program";

export type Verified = { cells: VerifiedCell[]; outcome: keyof typeof EXIT };

/** @throws SbxError where nothing can be run; what was measured stays in its run's folder */
export async function verifyHere(
  prediction: ProgramPrediction,
  profile: ProgramProfile,
  flags: ProgramUseFlags & { rounds: number },
  config: ResolvedConfig,
): Promise<Verified> {
  for (const swept of await sweepLeftovers()) note(`swept ${swept.runId}`);
  const configurations = prediction.cells.map(({ configuration }) => configuration);
  const own = resolveConfig(
    {
      matrix: {
        ...DEFAULTS.matrix,
        seccomp: [...new Set(prediction.cells.map((cell) => cell.config.seccomp))],
      },
      scenarioDir: BUNDLED_SCENARIOS,
      scenarios: [programUse(NAME, profile.command, flags)],
      include: ["native/net=host/seccomp=none::*", ...configurations.map((id) => `${id}::*`)],
    },
    { rounds: flags.rounds, out: config.out },
    "predict --verify",
    process.cwd(),
  );
  const prepared = await prepareNew(
    { ...own, filters: { ...own.filters, ...config.filters }, runsc: config.runsc, limits: config.limits },
    { twins: false },
    process.argv.slice(2),
  );
  const run = await measureHere(prepared, undefined);
  writeRunProfile(run.dir, NAME, profile);
  const summary = summarise(run.manifest, run.launches);
  const [measured] = measuredPrograms(run.manifest, run.launches, new Map([[NAME, profile]]));
  keepPredictions(run, prediction, measured);
  const files = await writeReport({ ...run, summary });
  note(`report: ${files.html}`);
  const cells = prediction.cells.map(({ configuration, slowdown }): VerifiedCell => {
    const time = measured?.cells.get(configuration);
    const cell = summary.cells.find(({ cell: id }) => id === `${configuration}::${NAME}`);
    return {
      configuration,
      predicted: slowdown,
      measured:
        time === undefined
          ? null
          : { value: time.slowdown, low: time.low, high: time.high, rounds: cell?.launches ?? 0 },
      reason: time === undefined ? (cell?.reason ?? "not measured") : null,
    };
  });
  const failed = summary.cells.some(({ status }) => status === "failed");
  return { cells, outcome: run.finished ? (failed ? "someCellsFailed" : "done") : "interrupted" };
}

/** The report shows predicted against measured from what stands in the run's folder. */
function keepPredictions(
  { dir, manifest }: RunResult,
  prediction: ProgramPrediction,
  measured: MeasuredProgram | undefined,
): void {
  const cells = prediction.cells.flatMap(({ configuration, config, slowdown, dominant }): ValidatedCell[] => {
    const time = measured?.cells.get(configuration);
    if (time === undefined) return [];
    return [
      {
        program: NAME,
        configuration,
        family: familyOf({ config }),
        predicted: slowdown.value,
        ...{ low: slowdown.low, high: slowdown.high },
        measured: time.slowdown,
        ...{ measuredLow: time.low, measuredHigh: time.high },
        dominant,
        naive: { getpid: null, average: null, callCount: null },
      },
    ];
  });
  const { runId, toolVersion, fingerprint } = manifest;
  const file = modelFile(
    { runId, toolVersion, fingerprint: fingerprint.id },
    { model: null, trust: new Map(), cells, programs: [] },
  );
  writeAtomically(join(dir, MODEL_FILE), `${JSON.stringify(file, null, 1)}\n`);
}
