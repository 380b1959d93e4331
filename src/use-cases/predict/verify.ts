/** `predict --verify`: the program itself in the predicted configurations, in an ordinary run. */
import { join, resolve } from "node:path";
import { writeAtomically } from "../../base/write-atomically.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import { resolveConfig } from "../../config/resolve.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { familyOf, type MeasuredProgram } from "../../model/calibrate.ts";
import { measuredPrograms } from "../../model/measured-programs.ts";
import { modelFile } from "../../model/model-file.ts";
import type { ProgramPrediction } from "../../model/predict-program.ts";
import type { ValidatedCell } from "../../model/validate.ts";
import { MODEL_FILE } from "../../report/model/cost-of-run.ts";
import type { VerifiedCell } from "../../report/predict/verified.ts";
import { writeReport } from "../../report/run/write-report.ts";
import type { RunResult } from "../../run/run-matrix.ts";
import { summarise } from "../../stats/summaries/summarise.ts";
import { writeRunProfile } from "../../store/run-profiles.ts";
import { BUNDLED_SCENARIOS } from "../../workload/programs.ts";
import { type ProgramUseSettings, programUse } from "../program/program-use.ts";
import { measureHere } from "../run/measure.ts";
import { PLAIN_SETTINGS, prepareNew } from "../run/prepare-new.ts";
import { sweep } from "../sweep.ts";
import type { UseCaseContext } from "../use-case.ts";
import type { Predicted } from "./predict.ts";

/** Name of the program's cells in the run. */
const NAME = "program";

export type VerifyRequest = {
  predicted: Pick<Predicted, "prediction" | "profile">;
  program: ProgramUseSettings;
  /** Launches of every configuration. */
  rounds: number;
  config: ResolvedConfig;
  /** As typed, for the record. */
  commandLine: string[];
};

export type Verified = { cells: VerifiedCell[]; outcome: "done" | "someCellsFailed" | "interrupted" };

/** @throws SbxError where nothing can be run; what was measured stays in its run's folder */
export async function verify(request: VerifyRequest, context: UseCaseContext): Promise<Verified> {
  const { config, rounds, commandLine } = request;
  const { prediction, profile } = request.predicted;
  const { say } = context;
  await sweep(say);
  const configurations = prediction.cells.map(({ configuration }) => configuration);
  const own = resolveConfig(
    {
      matrix: {
        ...DEFAULTS.matrix,
        seccomp: [...new Set(prediction.cells.map((cell) => cell.config.seccomp))],
      },
      scenarioDir: BUNDLED_SCENARIOS,
      scenarios: [programUse(NAME, profile.command, request.program)],
      include: ["native/net=host/seccomp=none::*", ...configurations.map((id) => `${id}::*`)],
    },
    { rounds, out: config.out },
    "predict --verify",
    resolve("."),
  );
  const prepared = await prepareNew(
    { ...own, filters: { ...own.filters, ...config.filters }, runsc: config.runsc, limits: config.limits },
    { ...PLAIN_SETTINGS, twins: "none", commandLine },
    say,
  );
  const run = await measureHere(prepared, undefined, context);
  writeRunProfile(run.dir, NAME, profile);
  const summary = summarise(run.manifest, run.launches);
  const [measured] = measuredPrograms(run.manifest, run.launches, new Map([[NAME, profile]]));
  keepPredictions(run, prediction, measured);
  const files = await writeReport({ ...run, summary });
  say({ type: "note", message: `report: ${files.html}` });
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
