import type { Configuration } from "../../axes/configuration.ts";
import { ONLY_RUNSC } from "../../probe/probe-runscs.ts";
import { askRunscFlags } from "../../probe/runsc-flags.ts";
import { findTools } from "../../probe/tools.ts";
import type { KnownFlags } from "../../report/tune/snippets.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

/** Flags of the runsc that a configuration was measured with: as the run recorded them, or asked of it if it is here. */
export async function knownFlags(
  { runscs, versions }: Pick<RunManifest, "runscs" | "versions">,
  config: Configuration,
): Promise<KnownFlags> {
  const used = runscs?.find(({ label }) => label === (config.runsc ?? ONLY_RUNSC));
  if (used?.flags) return { version: used.version, names: new Set(used.flags.map(({ name }) => name)) };
  const version = used?.version ?? versions.runsc ?? "unknown";
  const { runsc } = await findTools();
  if (runsc.path === null || runsc.version !== version) return { version, names: null };
  const flags = await askRunscFlags(runsc.path);
  return { version, names: flags === null ? null : new Set(flags.map(({ name }) => name)) };
}
