/** Real launches by the ordinary machinery of `run`, packed so that they can be kept. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configurationId } from "../../src/axes/axes.ts";
import { commandContext } from "../../src/cli/output/context.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { type Cell, cellId } from "../../src/plan/cell.ts";
import { allTwins } from "../../src/plan/twins.ts";
import type { Steering } from "../../src/run/rounds/steering.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { median } from "../../src/stats/distributions/quantile.ts";
import { measureHere } from "../../src/use-cases/run/measure.ts";
import {
  PLAIN_SETTINGS,
  type PreparedRun,
  prepareNew,
  type RunSettings,
} from "../../src/use-cases/run/prepare-new.ts";
import { prepareResumed } from "../../src/use-cases/run/prepare-stored.ts";
import type { UseCaseContext } from "../../src/use-cases/use-case.ts";
import { burntName, CONFIGURATIONS, gateConfig, SLOWDOWNS } from "./gate-cells.ts";
import { packRun } from "./packed-run.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PILOT_ROUNDS = 11;

export type Collecting = { rounds: number; opMs: number; seed: string; out: string };

/**
 * Every round launches each of the twelve cells twice (the cell and its twin: what an interleaved run of two equal
 * configurations does), and once slowed. The slowdown changes from round to round, so each gets a fifth of them.
 */
export async function collect({ rounds, opMs, seed, out }: Collecting): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "sbx-bench-gate-"));
  const context = commandContext();
  const settings: RunSettings = { ...PLAIN_SETTINGS, twins: "none", commandLine: ["bench:gate", "collect"] };
  const measure = async (readyNs: ReadonlyMap<string, number>, asked: number) => {
    const overrides = { rounds: asked, seed, out: work };
    const config = resolveConfig(gateConfig(readyNs, opMs), overrides, "bench/gate", ROOT);
    const prepared = await prepareNew(config, settings, context.say);
    return prepared;
  };
  const readyNs = await typicalStartup(await measure(new Map(), PILOT_ROUNDS), context);
  const prepared = await measure(readyNs, rounds);
  const planned = prepared.manifest.cells.filter(({ status }) => status === "planned");
  const plain = planned.filter(({ scenario }) => scenario === "syscalls" || scenario === "startup");
  const manifest = { ...prepared.manifest, cells: [...planned, ...allTwins(plain)] };
  await launchAndPack({ ...prepared, manifest }, rounds, out, context);
}

/** @param dir of a collection that was broken off */
export async function resumeCollecting(dir: string, out: string): Promise<void> {
  const context = commandContext();
  const prepared = await prepareResumed(dirname(dir), dir, false, context.say);
  await launchAndPack(prepared, prepared.manifest.rounds, out, context);
}

async function launchAndPack(
  prepared: PreparedRun,
  rounds: number,
  out: string,
  context: UseCaseContext,
): Promise<void> {
  const slowed = everyFifthRoundSlowed(prepared.manifest.cells, rounds);
  const result = await measureHere(prepared, slowed, context);
  if (!result.finished) throw new Error(`broken off; go on with: collect --resume ${result.dir}`);
  packRun(result, out);
  rmSync(dirname(result.dir), { recursive: true });
}

/** @returns median time until the first line, ns, by configuration id */
async function typicalStartup(prepared: PreparedRun, context: UseCaseContext): Promise<Map<string, number>> {
  const startups = new Set(CONFIGURATIONS.map((one) => cellId(one, "startup")));
  const steering = { choose: () => startups, leftMs: () => Number.MAX_SAFE_INTEGER };
  const { launches } = await measureHere(prepared, steering, context);
  return new Map(
    CONFIGURATIONS.map((one) => {
      const own = launches.filter(({ cell, status }) => cell === cellId(one, "startup") && status === "ok");
      return [configurationId(one), median(own.map(({ phases }) => phases.readyNs!))];
    }),
  );
}

/** Which cells a round launches; its time left is what the rounds so far suggest. */
function everyFifthRoundSlowed(cells: readonly Cell[], rounds: number): Steering {
  const burnt = new Map(
    SLOWDOWNS.map((slowdown) => [
      slowdown,
      CONFIGURATIONS.flatMap((one) =>
        ["syscalls", "startup"].map((scenario) => cellId(one, burntName(scenario, slowdown, one))),
      ),
    ]),
  );
  const slowed = new Set([...burnt.values()].flat());
  const plain = cells.map(({ id }) => id).filter((id) => !slowed.has(id));
  const startedMs = performance.now();
  let leftMs = Number.MAX_SAFE_INTEGER;
  return {
    leftMs: () => leftMs,
    choose(round: number, _launches: readonly LaunchRecord[]) {
      if (round > 0) leftMs = ((performance.now() - startedMs) / round) * (rounds - round);
      return new Set([...plain, ...burnt.get(SLOWDOWNS[round % SLOWDOWNS.length]!)!]);
    },
  };
}
