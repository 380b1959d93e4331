/**
 * Runs of earlier versions have filters by their absolute paths, later ones as seen from the configuration's folder:
 * `/home/ci/checkout/profiles/strict.json` and `profiles/strict.json`. Both are one filter. Pure.
 */
import { isAbsolute } from "node:path";
import { cellId } from "../plan/cell.ts";
import type { StoredSide } from "./side.ts";

/** @returns the side with the absolute paths under the other's names, where each has exactly one that fits */
export function withFilterNamesOf<T extends StoredSide>(side: T, other: StoredSide): T {
  const names = renamed(filtersOf(side), filtersOf(other));
  if (names.size === 0) return side;
  const ids = new Map<string, string>();
  const cells = side.manifest.cells.map((cell) => {
    const name = names.get(cell.config.seccomp);
    if (name === undefined) return cell;
    const config = { ...cell.config, seccomp: name };
    // An id may have a side or a twin's mark around what the configuration gives.
    const id = cell.id.replace(cellId(cell.config, cell.scenario), () => cellId(config, cell.scenario));
    ids.set(cell.id, id);
    return { ...cell, config, id };
  });
  return {
    ...side,
    manifest: { ...side.manifest, cells },
    launches: side.launches.map((launch) => ({ ...launch, cell: ids.get(launch.cell) ?? launch.cell })),
  };
}

function filtersOf({ manifest }: StoredSide): string[] {
  return [...new Set(manifest.cells.map(({ config }) => config.seccomp))];
}

function renamed(own: readonly string[], others: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const absolute = own.filter((path) => isAbsolute(path) && !others.includes(path));
  for (const name of others.filter((path) => !isAbsolute(path) && path.includes("."))) {
    const end = `/${name.replace(/^(\.{1,2}\/)+/, "")}`;
    const fitting = absolute.filter((path) => path.endsWith(end));
    if (fitting.length === 1) names.set(fitting[0]!, name);
  }
  return names;
}
