import type { ProgramPrediction } from "../../model/predict-program.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { coverageOf, type VerifiedCell } from "./verified.ts";

/** What `predict --json` prints. @param manifest of the run that the model is fitted to */
export function predictionJson(
  prediction: ProgramPrediction,
  { runId, fingerprint, emulated }: Pick<RunManifest, "runId" | "fingerprint" | "emulated">,
  warnings: readonly string[],
  verified: readonly VerifiedCell[] | null,
) {
  return {
    schema: "sbx-bench/prediction@1",
    runId,
    host: { fingerprint: fingerprint.id },
    emulated,
    ...prediction,
    warnings,
    ...(verified === null ? {} : { verified, coverage: coverageOf(verified) }),
  };
}
