import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { monotonicNs } from "../../run/launch/monotonic.ts";
import type { Start } from "./storm-types.ts";

export type Prepared = Awaited<ReturnType<HeldEnvironment["prepare"]>>;

/** One launch of a storm, measured from its begin; never throws for what a launch does. */
export async function startOnce(
  held: HeldEnvironment,
  prepared: Prepared,
  { zeroNs, intendedS }: { zeroNs: number; intendedS: number | null },
  abort: AbortSignal,
): Promise<Start | null> {
  const begunNs = monotonicNs();
  const { measured, aborted } = await held.launch(prepared, { abort });
  if (aborted) return null;
  const { prepareNs, readyNs } = measured.phases;
  const begunS = (begunNs - zeroNs) / 1e9;
  return {
    intendedS: intendedS ?? begunS,
    begunS,
    readyS: readyNs === null ? null : begunS + (prepareNs + readyNs) / 1e9,
    endedS: (monotonicNs() - zeroNs) / 1e9,
    failure: measured.failure?.message ?? null,
  };
}
