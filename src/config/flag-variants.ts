/** The axis of runsc's flags: named sets from the configuration, each measured beside none of them. Pure. */

import { PLAIN_FLAGS } from "../axes/runsc-flags.ts";
import { SbxError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import type { FlagVariant } from "./resolved-config.ts";

/** @throws SbxError for a variant that is called like the one without flags */
export function namedVariants(named: Readonly<Record<string, readonly string[]>>): FlagVariant[] {
  if (Object.hasOwn(named, PLAIN_FLAGS)) {
    throw new SbxError({
      what: `runsc.variants: "${PLAIN_FLAGS}" can't be the name of a variant`,
      why: "It stands for the flags that every runsc of the run gets, and is always there.",
      fix: "Give the variant another name.",
    });
  }
  return Object.entries(named).map(([name, flags]) => ({ name, flags: [...flags] }));
}

/**
 * The values of the axis `flags`.
 *
 * @param asked names as given; undefined = all there are
 * @returns empty where there are no variants, so that ids stay as they are without the axis
 * @throws SbxError for a name that is no variant's
 */
export function flagAxis(asked: readonly string[] | undefined, variants: readonly FlagVariant[]): string[] {
  const known = [PLAIN_FLAGS, ...variants.map(({ name }) => name)];
  for (const name of asked ?? []) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    throw new SbxError({
      what: `There is no variant "${name}" of runsc's flags`,
      why: `Known: ${known.join(", ")}.${meant === null ? "" : ` Did you mean "${meant}"?`}`,
      fix: "Name one of them, or define it under runsc.variants.",
    });
  }
  const axis = asked ?? known;
  return axis.length === 1 && axis[0] === PLAIN_FLAGS ? [] : [...new Set(axis)];
}
