/** Made-up collected data with known noise: two cells of `syscalls`, one metric each. */

import { burntName, SLOWDOWNS } from "../../../bench/gate/gate-cells.ts";
import type { PackedRun } from "../../../bench/gate/packed-run.ts";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { type Cell, cellId } from "../../../src/plan/cell.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { normal } from "../../stats/random-numbers.ts";
import { cell, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../../stats/records.ts";

/**
 * @param noise standard deviation of the logarithm of each launch
 * @param drift change of the logarithm from the first round to the last, the same for all launches of a round
 */
export function madeData(noise: number, { rounds = 120, drift = 0 } = {}): PackedRun {
  const random = seededRandom(`made ${noise} ${drift}`);
  const plain = [NATIVE, RUNSC].map((config) => cell(config, "syscalls"));
  const twins = plain.map((one): Cell => ({ ...one, id: `${one.id}~twin`, twinOf: one.id }));
  const burnt = SLOWDOWNS.flatMap((slowdown) =>
    [NATIVE, RUNSC].map((config) => cell(config, burntName("syscalls", slowdown, config))),
  );
  const make = (config: Configuration, id: string, round: number, slowdown = 0) => {
    const value = 100 * (1 + slowdown) * Math.exp((drift * round) / rounds + noise * normal(random));
    return launch(config, round, { cell: id, ops: [opSample("getpid", { median: value })] });
  };
  const launches = Array.from({ length: rounds }, (_, round) => {
    const slowdown = SLOWDOWNS[round % SLOWDOWNS.length]!;
    return [
      ...[...plain, ...twins].map(({ config, id }) => make(config, id, round)),
      ...[NATIVE, RUNSC].map((config) =>
        make(config, cellId(config, burntName("syscalls", slowdown, config)), round, slowdown),
      ),
    ];
  }).flat();
  const cells = [...plain, ...burnt, ...twins];
  const metrics = Object.fromEntries(cells.map(({ scenario }) => [scenario, [metricMeta("getpid")]]));
  return { manifest: manifest(cells, { metrics, rounds, config: { scenarios: [] } }), launches };
}
