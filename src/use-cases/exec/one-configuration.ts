/** The one configuration that a script is run in. */
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { isSynthetic } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { availabilityOn } from "../../sandbox/availability.ts";
import { flagsRuledOut } from "../../sandbox/flag-support.ts";

const AS = "script";

/** @throws SbxError (exit code 2) where the matrix has more than one, or one that makes no sense here */
export function requireOneConfiguration(config: ResolvedConfig): Configuration {
  const plan = buildPlan(onlyScript(config), () => null);
  const [cell, ...more] = plan;
  if (cell === undefined || more.length > 0) {
    throw new SbxError({
      what: "exec runs a script in one configuration",
      why: `These are ${plan.length}: ${plan.map((one) => configurationId(one.config)).join(", ")}.`,
      fix: "Give one value to each of --sandbox, --platform, --network, --seccomp, --runsc and --flags.",
    });
  }
  const id = configurationId(cell.config);
  if (isSynthetic(cell.config)) {
    throw new SbxError({
      what: `exec cannot run a script in ${id}`,
      why: "It only pretends to run programs.",
      fix: "Choose another --sandbox.",
    });
  }
  if (cell.config.seccomp.startsWith("generated")) {
    throw new SbxError({
      what: `exec cannot run a script in ${id}`,
      why: "No filter was generated for the script.",
      fix: "Use --seccomp default or none, or generate a filter from the compiled script and give its path.",
    });
  }
  if (cell.reason === null) return cell.config;
  throw new SbxError({
    what: `exec cannot run a script in ${id}`,
    why: `${cell.reason}.`,
    fix: "Choose other values; `sbx-bench plan` lists what makes sense.",
  });
}

/** @throws SbxError (exit code 4) where this host can't run it */
export async function requireAvailable(
  configuration: Configuration,
  config: ResolvedConfig,
  host: HostProbe,
): Promise<void> {
  const reason =
    flagsRuledOut(host, config.runsc)(configuration) ?? (await availabilityOn(host, config))(configuration);
  if (reason === null) return;
  throw new SbxError({
    what: `${configurationId(configuration)} cannot run here`,
    why: `${reason.replace(/\.$/, "")}.`,
    fix: "`sbx-bench doctor` says what this host can run. Nothing weaker is chosen for you: name it with --sandbox.",
    exitCode: 4,
  });
}

function onlyScript(config: ResolvedConfig): Parameters<typeof buildPlan>[0] {
  // A configuration file's include and exclude are about measuring.
  return { ...config, scenarios: [{ use: AS, as: AS, params: {} }], include: [], exclude: [] };
}
