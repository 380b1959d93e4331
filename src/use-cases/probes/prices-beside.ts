/** What the configurations of a result cost, where a run has measured them. */
import { hostDifferences } from "../../isolation/host-differences.ts";
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
  const [unlike] = hostDifferences(host.fingerprint, run.manifest.fingerprint);
  if (unlike !== undefined) {
    const how = `${unlike.field}: ${unlike.a}, there ${unlike.b}`;
    say({ type: "warning", message: `run ${run.label} gives no prices: it is of another host (${how})` });
    return null;
  }
  // Instructions are not time.
  return run.manifest.emulated ? null : pricesOf(summarise(run.manifest, run.launches));
}
