/** Resampled gates: real launches of equal cells, judged by the product's own `compare`. Pure. */
import { compareInterleaved, compareRuns } from "../../src/check/compare.ts";
import type { Comparison } from "../../src/check/comparison-types.ts";
import { noiseFloorsOf } from "../../src/check/noise-floor.ts";
import type { StoredSide } from "../../src/check/side.ts";
import type { Cell, SideName } from "../../src/plan/cell.ts";
import type { Random } from "../../src/plan/seeded-random.ts";
import { sidedCells } from "../../src/plan/sided-cells.ts";
import { type Design, type Draw, drawRounds } from "./draw.ts";
import { type FlippedFamily, flippedFamily } from "./flipped-family.ts";
import type { GateData } from "./gate-data.ts";

/** One metric in one resampled gate, as the product judged it. */
export type Sample = {
  /** Values of the launches; paired by place in the interleaved form. */
  before: readonly number[];
  after: readonly number[];
  /** Whether the launch was disturbed. */
  disturbed: { before: readonly boolean[]; after: readonly boolean[] };
  /** Of a paired gate: all metrics under joint flips, and of each flip the largest statistic of the others. */
  family?: FlippedFamily;
  largestOfOthers?: () => Float32Array;
  /** Share, and what of it is for drift. */
  delta: number;
  driftAllowance: number;
  /** Share; `null` where the product prints none. */
  mde: number | null;
  verdict: Comparison["metrics"][number]["verdict"];
  /** 95 % interval of the ratio. */
  ciLow: number | null;
  ciHigh: number | null;
  gated: boolean;
};

export type ResampledGate = {
  /** By `cell::metric`. */
  samples: ReadonlyMap<string, Sample>;
  /** Gated metrics that Holm's correction counts. */
  family: number;
  outcome: Comparison["outcome"];
};

/**
 * A gate over cells of which nothing changed: one side is the cell, the other its twin, at random which. Equal
 * programs, so every "worse" is a false alarm.
 */
export function resampleGate(data: GateData, design: Design, random: Random): ResampledGate {
  const draw = drawRounds(data.rounds, design, random);
  const ownFirst = new Map(data.cells.map(({ id }) => [id, random() < 0.5]));
  const comparison = compareAsProduct(data, design, draw, ownFirst);
  const judged = new Map(comparison.metrics.map((one) => [`${one.cell}::${one.metric}`, one]));
  const samples = new Map<string, Sample>();
  for (const { key, cell, own, twin } of data.metrics) {
    const { delta, driftAllowance, mde, verdict, effect, gated } = judged.get(key)!;
    const isOwnFirst = ownFirst.get(cell.id)!;
    const [first, second] = isOwnFirst ? [own, twin] : [twin, own];
    const ids = [cell.id, `${cell.id}~twin`];
    const [firstId, secondId] = isOwnFirst ? ids : ids.toReversed();
    const disturbed = (id: string) => (round: number) => data.launchOf(id, round).load.disturbed.length > 0;
    samples.set(key, {
      before: draw.before.map((round) => first.get(round)!),
      after: draw.after.map((round) => second.get(round)!),
      disturbed: {
        before: draw.before.map(disturbed(firstId!)),
        after: draw.after.map(disturbed(secondId!)),
      },
      ...{ delta, driftAllowance, mde, verdict, gated, ciLow: effect.ciLow, ciHigh: effect.ciHigh },
    });
  }
  const family = comparison.metrics.filter(({ gated }) => gated).length;
  return { samples, family, outcome: comparison.outcome };
}

/** Adds what `isFound` needs of a paired gate. */
export function withFamily(samples: ReadonlyMap<string, Sample>, alpha: number): Map<string, Sample> {
  const differences = new Map(
    [...samples].map(([key, { before, after }]) => [
      key,
      { logRatios: after.map((value, place) => Math.log(value / before[place]!)) },
    ]),
  );
  const family = flippedFamily(differences, alpha);
  return new Map(
    [...samples].map(([key, sample]) => [
      key,
      { ...sample, family, largestOfOthers: () => family.largestWithout(key) },
    ]),
  );
}

function compareAsProduct(
  data: GateData,
  { paired }: Design,
  draw: Draw,
  ownFirst: ReadonlyMap<string, boolean>,
): Comparison {
  const { rules } = data;
  const floors = floorsOf(data, draw.floor);
  const ids =
    (side: SideName) =>
    ({ id }: Cell) =>
      (side === "a") === ownFirst.get(id) ? id : `${id}~twin`;
  if (!paired) {
    const a = storedSide(data, draw.before, ids("a"));
    const b = storedSide(data, draw.after, ids("b"));
    return compareRuns(a, b, { rules, floors, unlike: [] });
  }
  const { manifest, cells } = data;
  const described = { label: "", fingerprint: manifest.fingerprint, versions: {}, config: {} };
  const sided = sidedCells({ a: cells, b: cells });
  const launches = draw.before.flatMap((round) =>
    cells.flatMap((cell) =>
      (["a", "b"] as const).map((side) => ({
        ...data.launchOf(ids(side)(cell), round),
        cell: `${side}:${cell.id}`,
      })),
    ),
  );
  const run = { ...manifest, cells: sided, sides: { a: described, b: described } };
  return compareInterleaved({ label: "", manifest: run, launches }, { rules, floors });
}

function storedSide(
  { manifest, cells, launchOf }: GateData,
  rounds: readonly number[],
  idOf: (cell: Cell) => string,
): StoredSide {
  const launches = rounds.flatMap((round) =>
    cells.map((cell) => ({ ...launchOf(idOf(cell), round), cell: cell.id })),
  );
  return { label: "", manifest: { ...manifest, cells: [...cells] }, launches };
}

/** What an A/A run of these rounds would have stored. */
export function floorsOf({ manifest, cells, twins, launchOf }: GateData, rounds: readonly number[]) {
  const both = [...cells, ...twins];
  const launches = rounds.flatMap((round) => both.map(({ id }) => launchOf(id, round)));
  return noiseFloorsOf({ ...manifest, cells: both }, launches);
}
