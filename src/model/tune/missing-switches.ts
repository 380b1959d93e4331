/** What a run would have to measure so that there is something to advise. */
import { type Configuration, configurationId, NETWORKS, PLATFORMS } from "../../plan/cell.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

const FILTERS = ["none", "default", "generated"];

/** Single switches of platform, network and filter that the run has no figure of, and that this host could run. */
export function missingSwitches(
  from: Configuration,
  { cells }: Pick<RunManifest, "cells">,
  measured: ReadonlySet<string>,
): string[] {
  const impossible = new Set(
    cells.filter(({ status }) => status === "unavailable").map(({ config }) => configurationId(config)),
  );
  const switched: Configuration[] = [
    ...(from.platform === null ? [] : PLATFORMS.map((platform) => ({ ...from, platform }))),
    ...NETWORKS.map((network) => ({ ...from, network })),
    ...FILTERS.map((seccomp) => ({ ...from, seccomp })),
  ];
  return [...new Set(switched.map(configurationId))].filter((id) => !measured.has(id) && !impossible.has(id));
}
