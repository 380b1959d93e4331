/** Axes -> cells, each with its status and reason. Pure: what the host can do comes in as data. */

import { configurationId, enumerateConfigurations, senselessReason } from "../axes/axes.ts";
import type { Configuration, Matrix } from "../axes/configuration.ts";
import { isBaseline, isSynthetic } from "../axes/sandbox.ts";
import { SbxError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import { nearest } from "../base/nearest.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type Cell, cellId } from "./cell.ts";

/** What the host can't run: a sentence, or null where it can. Asked once a configuration. */
export type Availability = (config: Configuration) => string | null;

export const BASELINE: Configuration = {
  sandbox: "native",
  platform: null,
  network: "host",
  seccomp: "none",
};

/** Reason of the cells that a glob or a preset choice left out; what nobody asked for needs no list. */
export const NOT_ASKED_FOR = "not among the cells asked for";
/** What separates the parts of a cell's id. */
const PART_ENDS = /\/|::/;

/**
 * @param cellGlobs `--cells`: more globs to keep, on top of the configuration's `include`
 * @param ruledOut what makes no sense with the runsc of a configuration (a flag that it does not know)
 * @throws SbxError when an include glob matches no cell at all
 */
export function buildPlan(
  config: Pick<ResolvedConfig, "matrix" | "scenarios" | "include" | "exclude">,
  availability: Availability,
  cellGlobs: readonly string[] = [],
  ruledOut: (config: Configuration) => string | null = () => null,
): Cell[] {
  const exclusions = config.exclude.map(({ cells, except = [], reason }) => {
    const [hits, spared] = [globMatcher(cells), except.map(globMatcher)];
    return { reason, matches: (id: string) => hits(id) && !spared.some((spares) => spares(id)) };
  });
  const includes = [config.include, cellGlobs].filter((globs) => globs.length > 0);
  const keepers = includes.map((globs) =>
    globs.map((glob) => ({ glob, matches: globMatcher(glob), hit: false })),
  );

  const cells: Cell[] = [];
  for (const configuration of configurationsOf(config.matrix)) {
    const senseless = senselessReason(configuration) ?? ruledOut(configuration);
    const missing = senseless === null ? availability(configuration) : null;
    const prefix = configurationId(configuration);
    for (const { as: scenario } of config.scenarios) {
      const id = `${prefix}::${scenario}`;
      let excluded = senseless ?? exclusions.find((entry) => entry.matches(id))?.reason ?? null;
      for (const group of keepers) {
        let kept = false;
        for (const keeper of group) {
          if (!keeper.matches(id)) continue;
          keeper.hit = true;
          kept = true;
        }
        if (!kept) excluded ??= NOT_ASKED_FOR;
      }
      const status = excluded !== null ? "excluded" : missing !== null ? "unavailable" : "planned";
      cells.push({ id, config: configuration, scenario, status, reason: excluded ?? missing });
    }
  }
  for (const keeper of keepers.flat()) if (!keeper.hit) throw unmatched(keeper.glob, cells);
  return cells;
}

function configurationsOf(matrix: Matrix): Configuration[] {
  const all = enumerateConfigurations(matrix);
  const isNamed = matrix.sandbox.includes(BASELINE.sandbox);
  return isNamed && lacksBaseline(matrix) ? [BASELINE, ...all] : all;
}

/**
 * Whatever networks and filters are asked for, native has one configuration: without it nothing has a ratio. What only
 * pretends needs none.
 */
export function lacksBaseline(matrix: Matrix): boolean {
  const all = enumerateConfigurations(matrix).filter((config) => !isSynthetic(config));
  const baselines = all.filter(isBaseline);
  return all.length > baselines.length && !baselines.some((one) => senselessReason(one) === null);
}

function unmatched(glob: string, cells: readonly Cell[]): SbxError {
  // One that only this glob kept from running is the best example of what could have been meant.
  const example = cells.find((cell) => cell.reason === NOT_ASKED_FOR) ?? cells[0];
  const meant = correctedGlob(glob, cells);
  return new SbxError({
    what: `No cell matches ${glob}`,
    why: `The plan has ${cells.length} cells, and none has an id like that.${
      meant === glob ? "" : ` Did you mean "${meant}"?`
    }`,
    fix: `Ids look like ${example?.id ?? cellId(BASELINE, "syscalls")}; * is any text. \`sbx-bench plan\` lists them.`,
  });
}

/** Each part of the glob that no id has is replaced by the nearest part that one has. */
function correctedGlob(glob: string, cells: readonly Cell[]): string {
  const known = new Set(cells.flatMap((cell) => cell.id.split(PART_ENDS)));
  return glob
    .split(/(\/|::)/)
    .map((part) => (/[*?{}]/.test(part) || known.has(part) ? part : (nearest(part, [...known]) ?? part)))
    .join("");
}
