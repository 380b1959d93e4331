/** Which configuration a user most probably has today. */

import { PLATFORMS_BY_USE } from "../../axes/platform.ts";
import { isGVisor, MOST_ISOLATED_FIRST, SANDBOXES } from "../../axes/sandbox.ts";
import { FILTERS } from "../../axes/seccomp.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Candidate } from "./changes.ts";

/** What `docker run --runtime=runsc` gives comes first; a baseline without a sandbox has nothing to tune. */
const ORDER = {
  sandbox: [...MOST_ISOLATED_FIRST, ...SANDBOXES],
  platform: PLATFORMS_BY_USE,
  network: ["sandbox", "none", "host"],
  seccomp: FILTERS,
} as const;

/**
 * The one runsc configuration of the user's file where it has only one; else the most usual of those measured.
 *
 * @returns `null` where nothing but the baseline was measured
 */
export function presentConfiguration(
  candidates: readonly Candidate[],
  baseline: string,
  matrix: ResolvedConfig["matrix"],
): Candidate | null {
  const tunable = candidates.filter(({ configuration }) => configuration !== baseline);
  const { platform, network, seccomp, runsc, flags } = matrix;
  const single =
    [platform, network, seccomp].every((axis) => axis.length === 1) && runsc.length < 2 && flags.length < 2;
  const own = tunable.filter(
    ({ config }) =>
      isGVisor(config) &&
      config.platform === platform[0] &&
      config.network === network[0] &&
      config.seccomp === seccomp[0],
  );
  if (single && own.length === 1) return own[0]!;
  const places = ({ config }: Candidate) => [
    place(ORDER.sandbox, config.sandbox),
    place(ORDER.platform, config.platform ?? ""),
    config.flags === undefined ? 0 : 1,
    place(
      runsc.map(({ label }) => label),
      config.runsc ?? "",
    ),
    place(ORDER.network, config.network),
    place(ORDER.seccomp, config.seccomp),
  ];
  const ordered = tunable.toSorted((a, b) => firstDifference(places(a), places(b)));
  return ordered[0] ?? null;
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, place) => value !== b[place]);
  return index === -1 ? 0 : a[index]! - b[index]!;
}

/** Unknown names come last. */
function place(order: readonly string[], name: string): number {
  const index = order.indexOf(name);
  return index === -1 ? order.length : index;
}
