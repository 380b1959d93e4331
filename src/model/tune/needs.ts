/** What a switch needs before it can be made. */
import { AXES } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";

/** What a configuration needs beyond the present one; the sandbox itself comes last. */
export function needsOf(from: Configuration, to: Configuration): string[] {
  const [sandbox, ...others] = AXES;
  return [...others, sandbox!]
    .filter(({ key }) => from[key] !== to[key])
    .map((axis) => axis.need(from, to))
    .filter((need) => need !== null);
}
