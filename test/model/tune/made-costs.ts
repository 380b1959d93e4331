/** Made-up runs in which it is known what each switch costs. */

import { configurationId } from "../../../src/axes/axes.ts";
import type { Configuration } from "../../../src/axes/configuration.ts";
import type { FlagVariant } from "../../../src/config/resolved-config.ts";
import type { Candidate } from "../../../src/model/tune/changes.ts";
import type { MeasuredCosts } from "../../../src/model/tune/measured-costs.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { many, normal } from "../../stats/random-numbers.ts";

export const PRESENT: Configuration = {
  sandbox: "runsc",
  platform: "systrap",
  network: "sandbox",
  seccomp: "none",
};
export const PRESENT_ID = configurationId(PRESENT);

export const OPS = [
  { key: "syscalls::getpid", group: "system calls" },
  { key: "files::read", group: "files" },
];
export const EQUAL = new Map(OPS.map(({ key }) => [key, 1 / OPS.length]));

/** Two variants of flags, as a user would define them. */
export const VARIANTS: FlagVariant[] = [
  { name: "faster", flags: ["--gso=true"] },
  { name: "idle", flags: ["--dcache=7"] },
];

export function candidate(parts: Partial<Configuration> = {}): Candidate {
  const config = { ...PRESENT, ...parts };
  const flags = VARIANTS.find(({ name }) => name === config.flags)?.flags ?? [];
  return { configuration: configurationId(config), config, flags };
}

type Made = {
  candidates: readonly Candidate[];
  /** Factor on the cost of each configuration. */
  factor(config: Configuration, key: string): number;
  rounds?: number;
  /** Standard deviations of logarithms: what a round does to all, and what is each launch's own. */
  shared?: number;
  own?: number;
  seed?: string;
  keys?: readonly string[];
};

export function madeCosts(made: Made): MeasuredCosts {
  const { candidates, factor, rounds = 11, shared = 0.3, own = 0.02, seed = "made" } = made;
  const { keys = OPS.map(({ key }) => key) } = made;
  const random = seededRandom(seed);
  const ofRound = many(rounds, () => shared * normal(random));
  return new Map(
    candidates.map(({ configuration, config }) => [
      configuration,
      new Map(
        keys.map((key) => [
          key,
          new Map(
            ofRound.map((noise, round) => [
              round,
              Math.log(1000 * factor(config, key)) + noise + own * normal(random),
            ]),
          ),
        ]),
      ),
    ]),
  );
}
