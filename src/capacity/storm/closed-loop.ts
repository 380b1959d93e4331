/** So many launches at a time, each followed by the next at once: a tinybench series whose tasks run side by side. */
import { Bench } from "tinybench";
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import { littlesLaw } from "../models/little.ts";
import { type Prepared, startOnce } from "./start-once.ts";
import type { ClosedLevel, Start } from "./storm-types.ts";
import { summariseStorm } from "./summarise-storm.ts";

/** @returns `null` where it was aborted */
export async function closedLoop(
  held: HeldEnvironment,
  prepared: Prepared,
  { concurrency, starts }: { concurrency: number; starts: number },
  abort: AbortSignal,
): Promise<(ClosedLevel & { raw: Start[] }) | null> {
  const raw: Start[] = [];
  const zeroNs = monotonicNs();
  const bench = new Bench({
    concurrency: "task",
    threshold: concurrency,
    iterations: starts,
    time: 0,
    warmup: false,
    retainSamples: true,
    throws: true,
    signal: abort,
  }).add("launch", async () => {
    const start = await startOnce(held, prepared, { zeroNs, intendedS: null }, abort);
    if (start !== null) raw.push(start);
  });
  await bench.run();
  const wallS = (monotonicNs() - zeroNs) / 1e9;
  const result = bench.tasks[0]?.result;
  if (abort.aborted || result?.state !== "completed") return null;
  // Its concurrency is the number in the system, whatever the launches say of their times; tinybench times them apart.
  const meanTimeS = result.latency.mean / 1000;
  const little = littlesLaw({
    meanInSystem: Math.min(concurrency, starts),
    ratePerS: raw.length / wallS,
    meanTimeS,
  });
  return { concurrency, summary: summariseStorm(raw, wallS), little, raw };
}
