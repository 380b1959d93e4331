/** What the configurations of a result cost, where a run has measured them. */
import type { ProbesResult } from "../../isolation/result.ts";
import { type Prices, pricesOf } from "../../report/isolation/prices.ts";
import { findRun } from "../../run/find-run.ts";
import { summarise } from "../../stats/summaries/summarise.ts";
import { loadRun } from "../../store/load-run.ts";
import { sayStored } from "../stored-notes.ts";
import type { Say } from "../use-case.ts";

/** Of the newest run, where it is of this host: prices of another one stand beside nothing. */
export function pricesBeside({ host }: ProbesResult, out: string, say: Say): Prices | null {
  if (findRun("latest", out) === null) return null;
  const run = loadRun("latest", out);
  sayStored(say, run);
  if (run.manifest.fingerprint.id !== host.fingerprint) {
    say({ type: "warning", message: `run ${run.label} is of another host; it gives no prices` });
    return null;
  }
  // Instructions are not time.
  return run.manifest.emulated ? null : pricesOf(summarise(run.manifest, run.launches));
}
