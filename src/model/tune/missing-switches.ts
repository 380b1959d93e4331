/** What a run would have to measure so that there is something to advise. */
import { AXES, configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

/** Single switches of platform, network and filter that the run has no figure of, and that this host could run. */
export function missingSwitches(
  from: Configuration,
  { cells }: Pick<RunManifest, "cells">,
  measured: ReadonlySet<string>,
): string[] {
  const impossible = new Set(
    cells.filter(({ status }) => status === "unavailable").map(({ config }) => configurationId(config)),
  );
  const switched = AXES.flatMap((axis) => axis.others(from));
  return [...new Set(switched.map(configurationId))].filter((id) => !measured.has(id) && !impossible.has(id));
}
