/** Which configurations are asked for and can run here, on a probed host. What `density` and `storm` begin with. */
import type { Configuration } from "../../axes/configuration.ts";
import { SbxError } from "../../base/errors.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { availabilityOn } from "../../sandbox/availability.ts";
import { flagsRuledOut } from "../../sandbox/flag-support.ts";
import { probeHere } from "../probe-host.ts";

export type HeldConfigurations = {
  host: HostProbe;
  configurations: Configuration[];
  /** Asked for, and not possible here. */
  left: { configuration: string; reason: string }[];
};

/**
 * @param cells globs of configurations
 * @throws SbxError (exit code 2 for globs that match nothing, 4 where nothing of what they match runs here)
 */
export async function heldConfigurations(
  config: ResolvedConfig,
  cells: readonly string[],
  say: (line: string) => void,
): Promise<HeldConfigurations> {
  const one = {
    ...config,
    scenarios: [{ use: "startup", as: "startup", params: {} }],
    include: [],
    exclude: [],
  };
  // A glob of a configuration is one of its cells'.
  const globs = cells.map((glob) => (glob.includes("::") ? glob : `${glob}::startup`));
  buildPlan(one, () => null, globs);
  const host = await probeHere(config, false, say);
  const plan = buildPlan(one, await availabilityOn(host, one), globs, flagsRuledOut(host, config.runsc));
  const left = plan
    .filter(({ status }) => status === "unavailable")
    .map(({ id, reason }) => ({ configuration: id.replace(/::startup$/, ""), reason: reason! }));
  const configurations = plan.filter(({ status }) => status === "planned").map((cell) => cell.config);
  if (configurations.length > 0) return { host, configurations, left };
  throw new SbxError({
    what: `Nothing of ${cells.join(", ")} can run here`,
    why:
      left[0] === undefined
        ? "What matches makes no sense anywhere."
        : `${left[0].configuration}: ${left[0].reason}.`,
    fix: "`sbx-bench plan` lists what can.",
    exitCode: left[0] === undefined ? 2 : 4,
  });
}
