/** The axis `flags`: variants of runsc's flags, each measured beside none of them. Pure. */
import { z } from "zod";
import type { Axis } from "./axis.ts";

/** Name of the variant without flags of its own. */
export const PLAIN_FLAGS = "default";

export const flagsSchema = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe("variants of runsc's flags, by name (default: all of runsc.variants); `default` has none");

export const flagsAxis: Axis = {
  key: "flags",
  option: {
    argument: "<names>",
    text: "variants of runsc's flags (runsc.variants), or default",
  },
  idPart: ({ flags }) => (flags === undefined ? null : `flags=${flags}`),
  isOf: ({ isGVisor }) => isGVisor,
  values: ({ flags }) =>
    flags.length === 0 ? [{}] : flags.map((name) => (name === PLAIN_FLAGS ? {} : { flags: name })),
  absent: {},
  compare: () => 0,
  others: () => [],
  // Flags are judged by what they set, not by the name of their variant.
  price: () => [],
  need: () => null,
};
