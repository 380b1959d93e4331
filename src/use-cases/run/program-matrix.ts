/** The configurations in which a program is measured: the ones worth comparing, or those of the axes that were named. */
import { sandboxesOf } from "../../axes/axes.ts";
import type { Matrix } from "../../axes/configuration.ts";
import { NETWORKS } from "../../axes/network.ts";
import { PLATFORMS, PLATFORMS_BY_USE } from "../../axes/platform.ts";
import { factsOf, isBaseline, type SandboxName } from "../../axes/sandbox.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";

export type ProgramMatrix = Pick<ResolvedConfig, "matrix" | "exclude">;

/** Why the others are not measured. */
const UNUSUAL = "left out: without an option that names an axis, the usual configurations are measured";

/** A filter made for a scenario means nothing to other programs. */
const FILTERS = ["none", "default"];

/**
 * Without an axis that was named: each usual sandbox without a network; those whose filter the kernel evaluates with the
 * container default, gVisor on its most usual platform without one. Native is always among them.
 *
 * @param named the axes that were named on the command line, as resolved
 */
export function programMatrix(named: Partial<Matrix>): ProgramMatrix {
  const usual = sandboxesOf("every");
  const baselines = usual.filter((sandbox) => isBaseline({ sandbox }));
  const common = { sandbox: usual, network: [NETWORKS[0]], seccomp: FILTERS, runsc: [], flags: [] };
  if (Object.keys(named).length === 0) {
    return {
      matrix: { ...common, platform: [PLATFORMS_BY_USE[0]!] },
      exclude: usual
        .filter((sandbox) => !baselines.includes(sandbox))
        .map((sandbox) => ({ cells: unusual(sandbox), reason: UNUSUAL })),
    };
  }
  const matrix = { ...common, platform: [...PLATFORMS], ...named };
  return { matrix: { ...matrix, sandbox: [...new Set([...baselines, ...matrix.sandbox])] }, exclude: [] };
}

function unusual(sandbox: SandboxName): string {
  return `${sandbox}/*seccomp=${factsOf({ sandbox }).isGVisor ? "default" : "none"}::*`;
}
