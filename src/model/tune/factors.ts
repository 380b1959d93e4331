/** The factors of a configuration: what can be switched one by one. */
import { axisValues } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { PLAIN_FLAGS } from "../../axes/runsc-flags.ts";
import { isGVisor } from "../../axes/sandbox.ts";
import type { FlagVariant } from "../../config/resolved-config.ts";

/** Factor -> level: `{ platform: "systrap", network: "none", seccomp: "none", directfs: "true" }`. */
export type Levels = Readonly<Record<string, string>>;

/** The factor of runsc's flags where variants are not made of factors of their own. */
const FLAGS_FACTOR = "flags";
/** A level that the run does not name: what runsc does without the flag. */
const DEFAULT_LEVEL = PLAIN_FLAGS;

/**
 * Factors that only one kind of sandbox has are left out for the others, so that another sandbox is one change.
 *
 * @param variants of runsc's flags, as the run defines them
 */
export function levelsOf(config: Configuration, variants: readonly FlagVariant[]): Levels {
  const { flags, ...others } = config;
  return { ...axisValues(others), ...(isGVisor(config) ? flagLevels(flags, variants) : {}) };
}

/** A variant from a sweep is several factors, one by hand is a level of its own. */
function flagLevels(name: string | undefined, variants: readonly FlagVariant[]): Levels {
  const swept = variants.flatMap(({ levels }) => Object.keys(levels ?? {}));
  const own = variants.find((variant) => variant.name === name);
  const hasPlain = variants.some(({ levels }) => levels === undefined);
  const defaults = Object.fromEntries(swept.map((factor) => [factor, DEFAULT_LEVEL]));
  if (own?.levels !== undefined) {
    return { ...defaults, ...own.levels, ...(hasPlain ? { [FLAGS_FACTOR]: DEFAULT_LEVEL } : {}) };
  }
  return { ...defaults, ...(hasPlain ? { [FLAGS_FACTOR]: name ?? DEFAULT_LEVEL } : {}) };
}

export type FactorChange = { factor: string; from: string; to: string };

/** What has to be switched to get from one to the other; another sandbox brings its own platform and flags. */
export function changesBetween(from: Levels, to: Levels): FactorChange[] {
  const otherSandbox = from.sandbox !== to.sandbox;
  return Object.keys({ ...from, ...to })
    .filter((factor) => !otherSandbox || (factor in from && factor in to))
    .map((factor) => ({
      factor,
      from: from[factor] ?? DEFAULT_LEVEL,
      to: to[factor] ?? DEFAULT_LEVEL,
    }))
    .filter((change) => change.from !== change.to);
}
