/** Which configurations are probed, and why the others are not. */
import { configurationId } from "../../axes/axes.ts";
import { isBaseline, isSynthetic } from "../../axes/sandbox.ts";
import type { ConfigurationProbes } from "../../isolation/result.ts";
import { BASELINE, buildPlan } from "../../plan/build-plan.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { availabilityOn } from "../../sandbox/availability.ts";
import { flagsRuledOut } from "../../sandbox/flag-support.ts";
import type { ProbesRequest } from "./request.ts";

const AS = "probes";

/** The baseline comes first: what fails there, too, is no merit of a sandbox. */
export async function chooseConfigurations(
  { config, only }: Pick<ProbesRequest, "config" | "only">,
  host: HostProbe,
): Promise<ConfigurationProbes[]> {
  const plan = {
    matrix: config.matrix,
    scenarios: [{ use: AS, as: AS, params: {} }],
    include: [],
    // A preset's are about time.
    exclude: [],
  };
  const globs = only.map((glob) => (glob.includes("::") ? glob : `${glob}::${AS}`));
  const cells = buildPlan(plan, await availabilityOn(host, config), globs, flagsRuledOut(host, config.runsc))
    .filter(({ config }) => !isSynthetic(config) && !isBaseline(config))
    .filter(({ status }) => only.length === 0 || status !== "excluded")
    .map(({ config, status, reason }) => {
      const missing = config.seccomp.startsWith("generated") ? NO_GENERATED : null;
      const own = status === "planned" && missing !== null ? "unavailable" : status;
      return planned(
        configurationId(config),
        config,
        own,
        reason ?? (own === "unavailable" ? missing : null),
      );
    });
  const baseline = planned(
    configurationId(BASELINE),
    BASELINE,
    host.isRoot ? "planned" : "unavailable",
    host.isRoot ? null : "a mount namespace of its own, without which nothing is probed natively, needs root",
  );
  return [baseline, ...cells];
}

const NO_GENERATED = "no filter is generated for the probes: it would allow what they try";

function planned(
  id: string,
  config: ConfigurationProbes["config"],
  status: "planned" | "unavailable" | "excluded",
  reason: string | null,
): ConfigurationProbes {
  return { id, config, status, reason, wallMs: 0, verdicts: [], posture: null, inside: null };
}
