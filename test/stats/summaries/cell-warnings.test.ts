import { expect, test } from "vitest";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import { summarise } from "../../../src/stats/summaries/summarise.ts";
import { many } from "../random-numbers.ts";
import { cell, launch, manifest, NATIVE, opSample } from "../records.ts";

function nativeCell(launches: LaunchRecord[], emulated = false) {
  return summarise(manifest([cell(NATIVE, "syscalls")], { emulated }), launches);
}

const quiet = launch(NATIVE, 0).load;

test("disturbed launches are kept, counted and told with their reasons", () => {
  const disturbed = (round: number, ...reasons: string[]) =>
    launch(NATIVE, round, { load: { ...quiet, disturbed: reasons } });
  const launches = [
    disturbed(0, "steal 4 %"),
    disturbed(1, "steal 4 %", "load 3.1"),
    ...many(6, (index) => launch(NATIVE, index + 2)),
  ];
  const [native] = nativeCell(launches).cells;
  expect(native).toMatchObject({ launches: 8, disturbedLaunches: 2 });
  expect(native?.warnings).toEqual(["disturbed: 2 of 8 launches (steal 4 %; load 3.1)"]);
});

test("an operation that never settles is told", () => {
  const unsettled = opSample("getpid", {
    batches: many(40, (index) => (index < 30 ? 100 : 300) + (index % 3)),
  });
  const launches = many(8, (round) =>
    launch(NATIVE, round, { ops: [round === 0 ? unsettled : opSample("getpid")] }),
  );
  expect(nativeCell(launches).cells[0]?.warnings).toEqual(["no steady state: getpid in 1 of 8 launches"]);
});

test("missing rounds are told", () => {
  const launches = many(7, (round) => launch(NATIVE, round));
  expect(nativeCell(launches).cells[0]?.warnings).toEqual(["7 of 8 rounds were launched"]);
});

test("an emulated processor is told at every cell and for the whole run", () => {
  const summary = nativeCell(
    many(8, (round) => launch(NATIVE, round)),
    true,
  );
  expect(summary.cells[0]?.warnings).toEqual(["emulated: not a measure of performance"]);
  expect(summary.warnings[0]).toContain("emulated");
});
