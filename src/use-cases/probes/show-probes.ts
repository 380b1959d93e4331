/** `probes --show`: a stored result with the prices of now. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { UseCaseContext } from "../use-case.ts";
import { pricesBeside } from "./prices-beside.ts";
import type { ProbesShown } from "./request.ts";
import { loadProbes } from "./stored-probes.ts";

export type ShowProbesRequest = {
  config: ResolvedConfig;
  /** Id of a result, its file, or `latest`. */
  named: string;
};

/** @throws SbxError (exit code 2) where there is none */
export async function showProbes(
  { config, named }: ShowProbesRequest,
  { say }: UseCaseContext,
): Promise<ProbesShown> {
  const result = loadProbes(named, config.out);
  return { result, prices: pricesBeside(result, config.out, say) };
}
