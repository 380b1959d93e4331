/** Which configurations this host can run, decided before anything is launched. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { SbxError } from "../base/errors.ts";
import type { Configuration } from "../plan/cell.ts";
import { type HostProbe, unavailableReason } from "../probe/probe-host.ts";
import { GENERATED_PROFILE, profileOf } from "./profile-of.ts";
import { lintForGvisor } from "./seccomp/gvisor-dialect.ts";

/**
 * Asks once a value of each axis, so that a plan of many cells costs no more than one of few.
 * @param filters values of the seccomp axis
 * @returns per configuration a sentence why it can't run, or null
 */
export async function availabilityOn(
  probe: HostProbe,
  filters: readonly string[],
): Promise<(config: Configuration) => string | null> {
  const filterProblems = new Map<string, { any: string | null; runsc: string | null }>();
  for (const filter of filters) filterProblems.set(filter, await filterProblem(filter));
  return (config) => {
    const missing = unavailableReason(probe, config) ?? needsRoot(probe, config);
    if (missing !== null) return missing;
    const problem = filterProblems.get(config.seccomp);
    return problem?.any ?? (config.sandbox === "runsc" ? (problem?.runsc ?? null) : null);
  };
}

/** The wire's two namespaces belong to the run and outlive its launches; a user namespace belongs to one launch. */
function needsRoot(probe: HostProbe, config: Configuration): string | null {
  if (probe.isRoot || config.network !== "sandbox" || config.sandbox === "fake") return null;
  return "network=sandbox needs root: a plain user can't join a launch to the veth pair of the run";
}

/** `generated` is a file per scenario; whether it exists is asked by `missingGenerated`. */
async function filterProblem(filter: string): Promise<{ any: string | null; runsc: string | null }> {
  if (filter.startsWith("generated")) return { any: null, runsc: null };
  try {
    const profile = await profileOf(filter, "");
    const fatal = profile === null ? [] : lintForGvisor(profile).fatal;
    return {
      any: null,
      runsc: fatal.length === 0 ? null : `runsc would refuse this filter: ${fatal.join("; ")}`,
    };
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    return { any: `${error.what}: ${error.why}`, runsc: null };
  }
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
    : `no filter was generated for this scenario yet: \`sbx-bench seccomp record ${scenarioName}\``;
}
