/** The corpus' errors -> src/model/corpus-errors.json, for runs without programs of their own. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { calibrate, familyOf } from "../../src/model/calibrate.ts";
import { fitModel } from "../../src/model/fit-model.ts";
import type { KnownErrors, TriedCell } from "../../src/model/known-errors.ts";
import { measuredPrograms } from "../../src/model/measured-programs.ts";
import { predictTime } from "../../src/model/predict-time.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import { leaveOneOut } from "../../src/model/validate.ts";
import { loadRun } from "../../src/store/load-run.ts";
import { readRunProfiles } from "../../src/store/run-profiles.ts";

/** Four digits: the errors themselves are percents. */
const rounded = (value: number) => Number(value.toPrecision(4));

/** What `predict --verify` said of programs outside the corpus, kept beside it. */
function blindCells(run: string): KnownErrors["asUsed"] {
  const file = join(run, "blind.json");
  if (!existsSync(file)) return [];
  const { sets } = JSON.parse(readFileSync(file, "utf8")) as BlindFile;
  return sets
    .flatMap(({ programs }) => programs)
    .flatMap(({ program, cells }) =>
      cells.map(({ configuration, family, predicted, uncorrected, measured }) => ({
        ...{ program, configuration, family, predicted, uncorrected, measured },
      })),
    );
}

type BlindFile = { sets: { programs: { program: string; cells: Omit<TriedCell, "program">[] }[] }[] };

/** @param run folder of a collected run; its launches may be packed */
export function errorsOfRun(run: string, out: string): KnownErrors {
  const { manifest, launches, path } = loadRun(run, out);
  const model = fitModel(manifest, launches);
  if (model === null) throw new Error(`run ${manifest.runId} has not measured ${manifest.baseline}`);
  const programs = measuredPrograms(manifest, launches, readRunProfiles(path).profiles);
  const members = new Map(model.configurations.map((member) => [member.configuration, member]));
  const byName = new Map(programs.map((program) => [program.program, program]));
  const cells = leaveOneOut(model, programs, "elsewhere").map(
    ({ program, configuration, predicted, measured }) => {
      const member = members.get(configuration)!;
      const { demand, cells: times } = byName.get(program)!;
      const bare = predictTime(times.get(configuration)!.nativeNs, demand, member, NO_CORRECTIONS);
      return {
        program,
        configuration,
        family: familyOf(member),
        predicted: rounded(predicted),
        uncorrected: rounded(bare.slowdown),
        measured: rounded(measured),
      };
    },
  );
  const corrections = [...calibrate(model, programs, "elsewhere")].map(([family, groups]) => [
    family,
    Object.fromEntries(Object.entries(groups).map(([group, factor]) => [group, rounded(factor)])),
  ]);
  const { fields } = manifest.fingerprint;
  return {
    schema: "sbx-bench/model-errors@1",
    runId: manifest.runId,
    host: `${fields["cpu.model"]}, ${fields["cpu.logical"]} CPUs`,
    day: manifest.startedAt.slice(0, 10),
    programs: programs.length,
    corrections: Object.fromEntries(corrections),
    cells,
    asUsed: blindCells(run),
  };
}
