/** Which filters a run has, by what is in them: a name alone would hide that its file was changed. */

import { plainFilter } from "../axes/seccomp.ts";
import { SbxError } from "../base/errors.ts";
import type { Cell } from "../plan/cell.ts";
import type { FilterHashes } from "../samples/run-manifest.ts";
import { filterFile } from "./profile-of.ts";
import { filterHash } from "./seccomp/load-profile.ts";

/** Of the cells that are not excluded; a filter that is missing has none. */
export function filterHashes(
  cells: readonly Cell[],
  filters: Readonly<Record<string, string>>,
  scenarioDirOf: (scenario: string) => string,
): FilterHashes {
  const hashes: FilterHashes = {};
  for (const { status, config, scenario } of cells) {
    const name = plainFilter(config.seccomp);
    const key = name === "generated" ? `generated::${scenario}` : name;
    if (status === "excluded" || name === "none" || Object.hasOwn(hashes, key)) continue;
    try {
      const file = filterFile(name, { filters, scenarioDir: scenarioDirOf(scenario) });
      if (file !== null) hashes[key] = filterHash(file);
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
    }
  }
  return hashes;
}
