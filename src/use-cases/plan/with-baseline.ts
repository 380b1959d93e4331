import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { BASELINE, lacksBaseline } from "../../plan/build-plan.ts";

/** Ratios need the baseline, so it joins whatever the axes say; `include` and `--cells` name cells, and are kept to. */
export function withBaseline(config: ResolvedConfig, onProgress: (message: string) => void): ResolvedConfig {
  const { matrix } = config;
  if (!lacksBaseline(matrix)) return config;
  if (!matrix.sandbox.includes(BASELINE.sandbox))
    onProgress(`${BASELINE.sandbox} joins: every ratio is against it`);
  return { ...config, matrix: { ...matrix, sandbox: [...new Set([BASELINE.sandbox, ...matrix.sandbox])] } };
}
