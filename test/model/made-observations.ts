import { configurationId } from "../../src/axes/axes.ts";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { ConfigurationObservations } from "../../src/model/observations.ts";
import { COMPUTE_OPS, OP_DEMANDS } from "../../src/model/op-demands.ts";
import { TERM_NAMES, type TermName } from "../../src/model/terms.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { many, normal } from "../stats/random-numbers.ts";

export const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
export const SYSTRAP: Configuration = {
  sandbox: "runsc",
  platform: "systrap",
  network: "none",
  seccomp: "none",
};

/** Extra costs of a made-up sandbox, ns each. */
export const COSTS: Record<TermName, number> = {
  trap: 2700,
  "patched-trap": 440,
  "paused-trap": 9000,
  "memory-io": 170,
  "file-io": 1200,
  byte: 0.03,
  open: 22_000,
  lookup: 3400,
  list: 23_000,
  mutate: 12_000,
  unmap: 50_000,
  fault: 1100,
  wake: 6000,
  poll: 40,
  timer: 90_000,
  process: 1_200_000,
  exec: 1_800_000,
  message: 7000,
  "net-byte": 0.4,
  compute: 0.02,
};

type Made = {
  config: Configuration;
  costs: Partial<Record<TermName, number>>;
  rounds?: number;
  /** Standard deviation of a value's logarithm. */
  noise?: number;
  /** Operations that are left out. */
  without?: (scenario: string) => boolean;
  /** Multiplies an operation's extra time: a wrong row. */
  spoil?: Record<string, number>;
};

/** Observations in which each operation costs what its terms add up to, beside a native time of 1 µs and more. */
export function madeObservations(made: Made): ConfigurationObservations {
  const { config, costs, rounds = 11, noise = 0, without = () => false, spoil = {} } = made;
  const random = seededRandom(`made ${configurationId(config)}`);
  const around = (value: number) =>
    new Map(many(rounds, (round) => [round, value * Math.exp(noise * normal(random))] as const));
  const ops = new Map<string, ReadonlyMap<number, number>>();
  for (const [index, { scenario, metric, demand }] of OP_DEMANDS.entries()) {
    if (without(scenario)) continue;
    const extra = TERM_NAMES.reduce((sum, term) => sum + (demand[term] ?? 0) * (costs[term] ?? 0), 0);
    ops.set(`${scenario}::${metric}`, around(1000 + 10 * index + extra * (spoil[metric] ?? 1)));
  }
  for (const { scenario, metric } of COMPUTE_OPS) {
    if (!without(scenario)) ops.set(`${scenario}::${metric}`, around(50_000 * (1 + (costs.compute ?? 0))));
  }
  const empty = new Map<number, number>();
  return {
    id: configurationId(config),
    config,
    ops,
    host: new Map([["startup::total", around(config.sandbox === "native" ? 1e6 : 80e6)]]),
    busyCpus: around(config.sandbox === "native" ? 1 : 1.8),
    startupCpuNs: config.sandbox === "native" ? empty : around(60e6),
  };
}
