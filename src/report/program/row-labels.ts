import type { Configuration } from "../../axes/configuration.ts";
import { fullSandboxLabel, seccompLabel } from "../kit/configurations.ts";

/** `unshare + filter`: no more than tells these configurations apart. */
export function rowLabels(configs: readonly Configuration[]): Map<Configuration, string> {
  const networks = new Set(configs.map(({ network }) => network));
  const filters = new Set(configs.flatMap(({ seccomp }) => (seccomp === "none" ? [] : [seccomp])));
  return new Map(
    configs.map((config) => {
      const filter = filters.size > 1 ? `filter ${seccompLabel(config.seccomp)}` : "filter";
      const parts = [
        fullSandboxLabel(config),
        ...(config.seccomp === "none" ? [] : [`+ ${filter}`]),
        ...(networks.size > 1 ? [`net ${config.network}`] : []),
      ];
      return [config, parts.join(" ")];
    }),
  );
}
