/**
 * Launches at the times of a schedule that was computed beforehand, whether earlier ones have ended or not: what users do,
 * and what a closed loop hides.
 */
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import { type Prepared, startOnce } from "./start-once.ts";
import type { OpenLoop, Start } from "./storm-types.ts";
import { lagOf, summariseStorm } from "./summarise-storm.ts";

/** Timers of Node are whole milliseconds and late: the last bit is waited for awake. */
const AWAKE_MS = 2;

/**
 * @param scheduleS ascending, s
 * @param mostAtOnce beyond it a due start is dropped, and counted
 */
export async function openLoop(
  held: HeldEnvironment,
  prepared: Prepared,
  { scheduleS, mostAtOnce }: { scheduleS: Float64Array; mostAtOnce: number },
  abort: AbortSignal,
): Promise<OpenLoop & { raw: Start[] }> {
  const raw: Start[] = [];
  const underWay = new Set<Promise<void>>();
  let dropped = 0;
  const zeroNs = monotonicNs();
  for (const intendedS of scheduleS) {
    await until(zeroNs + intendedS * 1e9, abort);
    if (abort.aborted) break;
    if (underWay.size >= mostAtOnce) {
      dropped += 1;
      continue;
    }
    const launch = startOnce(held, prepared, { zeroNs, intendedS }, abort).then((start) => {
      if (start !== null) raw.push(start);
      underWay.delete(launch);
    });
    underWay.add(launch);
  }
  await Promise.all(underWay);
  const wallS = (monotonicNs() - zeroNs) / 1e9;
  const ratePerS = scheduleS.length / (scheduleS.at(-1) ?? 1);
  return { ratePerS, summary: summariseStorm(raw, wallS), dropped, ...lagOf(raw), raw };
}

async function until(atNs: number, abort: AbortSignal): Promise<void> {
  for (;;) {
    const leftMs = (atNs - monotonicNs()) / 1e6;
    if (leftMs <= 0 || abort.aborted) return;
    await new Promise<void>((resolve) => {
      if (leftMs > AWAKE_MS) setTimeout(resolve, Math.min(leftMs - AWAKE_MS, 200));
      else setImmediate(resolve);
    });
  }
}
