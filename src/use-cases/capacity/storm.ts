/** `capacity storm`: launches a second at rising concurrency, and at the times of an open schedule. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { configurationId } from "../../axes/axes.ts";
import { processesOf } from "../../capacity/density/footprint.ts";
import { throughputModels } from "../../capacity/models/throughput.ts";
import { poissonArrivals, traceArrivals } from "../../capacity/simulate/arrivals.ts";
import { closedLoop } from "../../capacity/storm/closed-loop.ts";
import { openLoop } from "../../capacity/storm/open-loop.ts";
import type { Prepared } from "../../capacity/storm/start-once.ts";
import {
  type ClosedLevel,
  type OpenLoop,
  STORM_SCHEMA,
  type StormResult,
} from "../../capacity/storm/storm-types.ts";
import { breach, readHostRoom } from "../../capacity/watch/host-room.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { seededRandom } from "../../plan/seeded-random.ts";
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { holdEnvironment } from "../../run/environment/hold-environment.ts";
import { LAUNCH_ENV } from "../../run/environment/launch-env.ts";
import { BUNDLED_SCENARIOS, buildScenario, buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { interruptible, type UseCaseContext } from "../use-case.ts";
import { heldConfigurations } from "./held-configurations.ts";

export type StormOrder = {
  config: ResolvedConfig;
  cells: readonly string[];
  /** How many at a time, ascending. */
  levels: readonly number[];
  /** Of one level. */
  starts: number;
  /** An open loop behind the closed ones; `null`: none. */
  open: { ratePerS: number; starts: number; traceS: readonly number[] | null } | null;
  seed: string;
};

/** Behind the highest rate, throughput has to fall short so many levels in a row to end the climb. */
const NO_LONGER_RISING = 3;
/** Most launches of an open loop under way, a core. */
const MOST_A_CORE = 32;

/** @throws SbxError where nothing of what is asked for runs here */
export async function measureStorm(order: StormOrder, context: UseCaseContext): Promise<StormResult> {
  const { say, abort } = context;
  const note = (message: string) => say({ type: "note", message });
  const { host, configurations, left } = await heldConfigurations(order.config, order.cells, note);
  const rootfs = await makeRootfs(await buildScenario(join(BUNDLED_SCENARIOS, "startup")), await buildTrue());
  const workload = { name: "startup", rootfs, env: { SBX_PARAMS: "{}" } };
  const measure = async (held: HeldEnvironment) => {
    const results: StormResult["configurations"] = [];
    for (const configuration of configurations) {
      if (abort.aborted) break;
      const id = configurationId(configuration);
      const prepared = await held.prepare(configuration, workload, order.config, {
        atOnce: Math.max(...order.levels),
      });
      const closed = await climb(held, prepared, order, (line) => note(`${id}  ${line}`), abort);
      const open = abort.aborted ? null : await driven(held, prepared, order, abort);
      results.push({
        configuration: id,
        config: configuration,
        closed,
        models: closed.length === 0 ? null : modelsOf(closed, order.seed),
        open,
        leftovers: processesOf(`sbx-${held.runId}-`, LAUNCH_ENV).length,
      });
    }
    return { id: held.runId, results };
  };
  const measured = await interruptible(context, () => holdEnvironment({ host }, measure));
  return {
    schema: STORM_SCHEMA,
    id: measured.id,
    fingerprint: host.fingerprint,
    interrupted: abort.aborted,
    configurations: measured.results,
    left,
  };
}

async function climb(
  held: HeldEnvironment,
  prepared: Prepared,
  { levels, starts }: StormOrder,
  say: (line: string) => void,
  abort: AbortSignal,
): Promise<ClosedLevel[]> {
  const climbed: ClosedLevel[] = [];
  // The first launches warm page cache and lanes, and are nobody's figure.
  await closedLoop(held, prepared, { concurrency: 1, starts: 3 }, abort);
  for (const concurrency of levels) {
    const full = breach(readHostRoom());
    if (full !== null) say(`stopped before ${concurrency} at a time: ${full}`);
    if (full !== null || abort.aborted) break;
    const level = await closedLoop(held, prepared, { concurrency, starts }, abort);
    if (level === null) break;
    const { raw: _raw, ...kept } = level;
    climbed.push(kept);
    say(
      `${concurrency} at a time: ${kept.summary.ratePerS.toFixed(1)}/s, ${kept.summary.failed} of ${starts} failed`,
    );
    const best = climbed.reduce((most, one, index) => (rate(one) > rate(climbed[most]!) ? index : most), 0);
    if (climbed.length - 1 - best >= NO_LONGER_RISING) break;
  }
  return climbed;
}

function rate({ summary }: ClosedLevel): number {
  return summary.ratePerS;
}

function modelsOf(closed: readonly ClosedLevel[], seed: string) {
  const points = closed
    .filter((level) => rate(level) > 0)
    .map((level) => ({ n: level.concurrency, ratePerS: rate(level) }));
  return throughputModels(points, null, seed);
}

async function driven(
  held: HeldEnvironment,
  prepared: Prepared,
  { open, seed }: StormOrder,
  abort: AbortSignal,
): Promise<OpenLoop | null> {
  if (open === null) return null;
  const { ratePerS, starts, traceS } = open;
  const random = seededRandom(`${seed}/storm`);
  const scheduleS =
    traceS === null
      ? poissonArrivals(ratePerS, starts, random)
      : traceArrivals(traceS, ratePerS, starts, random);
  const mostAtOnce = MOST_A_CORE * availableParallelism();
  const { raw: _raw, ...kept } = await openLoop(held, prepared, { scheduleS, mostAtOnce }, abort);
  return kept;
}
