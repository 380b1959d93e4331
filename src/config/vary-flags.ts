/** `--vary directfs,overlay2=none` -> variants: one factor at a time, or every combination. Pure. */
import { SbxError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { FLAG_FACTORS } from "./flag-factors.ts";
import type { FlagVariant } from "./resolved-config.ts";

/** More combinations than this take a day; name fewer factors. */
const MOST_VARIANTS = 64;

type Chosen = { factor: string; values: string[] };

/**
 * @param wanted names of factors (all their levels), or `factor=level` for single levels
 * @param factorial every combination of the levels and defaults instead of one factor at a time
 * @throws SbxError for an unknown factor, and for too many combinations
 */
export function variedFlags(wanted: readonly string[], factorial: boolean): FlagVariant[] {
  const chosen = choose(wanted);
  if (factorial && chosen.length < 2) {
    throw new SbxError({
      what: "A factorial sweep needs at least two factors",
      why: `${chosen.length === 0 ? "None is" : "Only one is"} named, and with one there is nothing to combine.`,
      fix: "Name more: --vary directfs,overlay2 --factorial",
    });
  }
  const combinations = factorial
    ? combine(chosen)
    : chosen.flatMap(({ factor, values }) => values.map((value) => ({ [factor]: value })));
  if (combinations.length > MOST_VARIANTS) {
    throw new SbxError({
      what: `${combinations.length} combinations of flags are too many`,
      why: `Each is measured in every configuration; at most ${MOST_VARIANTS} are allowed.`,
      fix: "Name fewer factors, or single levels (dcache=10000); or leave out --factorial.",
    });
  }
  return combinations.map((levels) => ({
    name: Object.entries(levels)
      .map(([factor, value]) => `${factor}=${value}`)
      .join("+"),
    flags: Object.entries(levels).map(([factor, value]) => `--${factor}=${value}`),
    levels,
  }));
}

/** All combinations but the one of nothing but defaults, which is the cell without a variant. */
function combine(chosen: readonly Chosen[]): Record<string, string>[] {
  const all = chosen.reduce<Record<string, string>[]>(
    (before, { factor, values }) =>
      before.flatMap((levels) => [levels, ...values.map((value) => ({ ...levels, [factor]: value }))]),
    [{}],
  );
  return all.filter((levels) => Object.keys(levels).length > 0);
}

function choose(wanted: readonly string[]): Chosen[] {
  const chosen = new Map<string, Set<string>>();
  for (const text of wanted) {
    const [, name = text, level] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const values = level === undefined ? levelsOf(name) : [level];
    levelsOf(name);
    chosen.set(name, new Set([...(chosen.get(name) ?? []), ...values]));
  }
  return [...chosen].map(([factor, values]) => ({ factor, values: [...values] }));
}

/** A level of one's own is allowed; the flag has to be one that this tool knows the meaning of. */
function levelsOf(name: string): string[] {
  const factor = FLAG_FACTORS.find((one) => one.name === name);
  if (factor !== undefined) return factor.levels.map(({ value }) => value);
  const names = FLAG_FACTORS.map((one) => one.name);
  const meant = nearest(name, names);
  throw new SbxError({
    what: `--vary: "${name}" is no factor`,
    why: `Known: ${names.join(", ")}.${meant === null ? "" : ` Did you mean "${meant}"?`}`,
    fix: "Name one of them, or define any flags as a variant under runsc.variants.",
  });
}
