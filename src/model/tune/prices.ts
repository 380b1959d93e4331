/** What a switch gives up, with where that is documented. */
import { AXES } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import type { Price } from "../../axes/price.ts";
import { isGVisor } from "../../axes/sandbox.ts";
import type { FlagVariant } from "../../config/resolved-config.ts";
import { changesBetween, levelsOf } from "./factors.ts";
import { flagRule } from "./flag-prices.ts";
import { settingsOf } from "./runsc-flags.ts";

/** A configuration with what is needed to judge it. */
export type Judged = {
  config: Configuration;
  /** Of its runsc, as given to it. */
  flags: readonly string[];
};

/** All that a switch gives up; empty = nothing that is known here. */
export function priceOf(from: Judged, to: Judged, variants: readonly FlagVariant[]): Price[] {
  const changes = changesBetween(levelsOf(from.config, variants), levelsOf(to.config, variants));
  const changed = AXES.filter(({ key }) => changes.some(({ factor }) => factor === key));
  return [...changed.flatMap((axis) => axis.price(from.config, to.config)), ...flagPrices(from, to)];
}

function flagPrices(from: Judged, to: Judged): Price[] {
  if (!isGVisor(to.config)) return [];
  const before = isGVisor(from.config) ? from.flags : [];
  const [had, has] = [settingsOf(before), settingsOf(to.flags)];
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((name) => {
    const [old, now] = [had.get(name) ?? null, has.get(name) ?? null];
    return old === now ? [] : flagRule(name, old, now);
  });
}
