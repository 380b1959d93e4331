import { sweepLeftovers } from "../run/environment/sweep.ts";
import type { Say } from "./use-case.ts";

/** Removes what killed runs left behind on this host, and says what it was. */
export async function sweep(say: Say): Promise<void> {
  for (const swept of await sweepLeftovers()) say({ type: "run", event: { type: "swept", ...swept } });
}
