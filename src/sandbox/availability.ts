/** Which configurations this host can run, decided before anything is launched. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../axes/configuration.ts";
import { isSynthetic, type SandboxName } from "../axes/sandbox.ts";
import { SbxError } from "../base/errors.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type HostProbe, unavailableReason } from "../probe/probe-host.ts";
import { GENERATED_PROFILE, profileOf } from "./profile-of.ts";
import { filterFacts } from "./seccomp/filter-facts.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";
import { filterRefusal } from "./seccomp/refusals.ts";

/**
 * Asks once a value of each axis, so that a plan of many cells costs no more than one of few.
 * @returns per configuration a sentence why it can't run, or null
 * @throws SbxError (exit code 2) for a filter of the configuration whose file is no profile
 */
export async function availabilityOn(
  probe: HostProbe,
  { matrix, filters }: Pick<ResolvedConfig, "matrix" | "filters">,
): Promise<(config: Configuration) => string | null> {
  const problems = new Map<string, FilterProblem>();
  for (const filter of matrix.seccomp) problems.set(filter, await filterProblem(filter, filters, probe));
  return (config) =>
    unavailableReason(probe, config) ??
    needsRoot(probe, config) ??
    problems.get(config.seccomp)?.(config.sandbox) ??
    null;
}

/** Why a sandbox cannot take the filter, or null. */
type FilterProblem = (sandbox: SandboxName) => string | null;

/** The wire's two namespaces belong to the run and outlive its launches; a user namespace belongs to one launch. */
function needsRoot(probe: HostProbe, config: Configuration): string | null {
  if (probe.isRoot || config.network !== "sandbox" || isSynthetic(config)) return null;
  return "network=sandbox needs root: a plain user can't join a launch to the veth pair of the run";
}

/** `generated` is a file per scenario; whether it exists is asked by `missingGenerated`. */
async function filterProblem(
  filter: string,
  filters: ResolvedConfig["filters"],
  probe: HostProbe,
): Promise<FilterProblem> {
  if (filter.startsWith("generated")) return () => null;
  try {
    return await problemWith(profileOf(filter, { filters, scenarioDir: "" }), probe);
  } catch (error) {
    // The distribution's one may be missing on this host; the user's own is the user's to mend.
    if (!(error instanceof SbxError) || error.exitCode !== 4) throw error;
    return () => `${error.what}: ${error.why}`;
  }
}

async function problemWith(profile: OciSeccomp | null, probe: HostProbe): Promise<FilterProblem> {
  if (profile === null) return () => null;
  const facts = await filterFacts(profile, probe.tools.runc.path ?? null);
  return (sandbox) => filterRefusal(sandbox, profile, facts);
}

/** A sentence why the sandbox cannot take the scenario's recorded filter: it may have been edited. */
export async function generatedProblem(scenarioDir: string, probe: HostProbe): Promise<FilterProblem> {
  return problemWith(profileOf("generated", { filters: {}, scenarioDir }), probe);
}

/** A sentence when the scenario has no recorded filter. */
export function missingGenerated(
  scenarioName: string,
  scenarioDir: string,
  hostPrograms = false,
): string | null {
  if (hostPrograms) {
    return `${scenarioName} runs any program, so no filter can be generated for it; name a profile of your own instead`;
  }
  return existsSync(join(scenarioDir, GENERATED_PROFILE))
    ? null
    : `no filter was generated for this scenario yet: \`sbx-bench seccomp generate ${scenarioName}\``;
}
