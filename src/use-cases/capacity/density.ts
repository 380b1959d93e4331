/** `capacity density`: holds more and more sandboxes at once, and fits what one more takes. */
import { availableParallelism } from "node:os";
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { SbxError } from "../../base/errors.ts";
import { densityCurve } from "../../capacity/density/density-curve.ts";
import type { DensityResult } from "../../capacity/density/density-result.ts";
import {
  DENSITY_SCHEMA,
  type DensityRequest,
  type DensityStep,
} from "../../capacity/density/density-types.ts";
import { holdStep } from "../../capacity/density/hold-step.ts";
import { breach, ROOM_LIMITS, readHostRoom } from "../../capacity/watch/host-room.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { HeldEnvironment } from "../../run/environment/held-environment.ts";
import { holdEnvironment } from "../../run/environment/hold-environment.ts";
import { buildHold, buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { interruptible, type UseCaseContext } from "../use-case.ts";
import { heldConfigurations } from "./held-configurations.ts";

export type DensityOrder = { config: ResolvedConfig; cells: readonly string[]; request: DensityRequest };

const START_LIMIT_S = 60;

/** @throws SbxError where nothing can be held, or the host is under pressure already */
export async function measureDensity(
  { config, cells, request }: DensityOrder,
  context: UseCaseContext,
): Promise<DensityResult> {
  const { say, abort } = context;
  const note = (message: string) => say({ type: "note", message });
  const { host, configurations, left } = await heldConfigurations(config, cells, note);
  requireRoom();
  const rootfs = await makeRootfs(await buildHold(), await buildTrue());
  const env = {
    SBX_HOLD_MIB: String(request.programMib),
    ...(request.working ? { SBX_HOLD_WORK: "1" } : {}),
  };
  const measure = async (held: HeldEnvironment) => {
    const results: DensityResult["configurations"] = [];
    for (const configuration of configurations) {
      if (abort.aborted) break;
      const id = configurationId(configuration);
      const prepared = await held.prepare(configuration, { name: "hold", rootfs, env }, config);
      const steps = await climb(held, prepared, request, (line) => note(`${id}  ${line}`), abort);
      results.push({
        configuration: id,
        config: configuration as Configuration,
        steps,
        curve: densityCurve(steps),
      });
    }
    return { runId: held.runId, results };
  };
  const measured = await interruptible(context, () => holdEnvironment({ host }, measure));
  const room = readHostRoom();
  return {
    schema: DENSITY_SCHEMA,
    id: measured.runId,
    fingerprint: host.fingerprint,
    request,
    limits: ROOM_LIMITS,
    room: { memoryBytes: room.memoryBytes, tasks: room.mostTasks, descriptors: room.mostFiles },
    interrupted: abort.aborted,
    configurations: measured.results,
    left,
  };
}

/** Level by level; the first that does not converge is the last. */
async function climb(
  held: HeldEnvironment,
  prepared: Parameters<typeof holdStep>[1],
  request: DensityRequest,
  say: (line: string) => void,
  abort: AbortSignal,
): Promise<DensityStep[]> {
  const steps: DensityStep[] = [];
  for (const n of request.levels.toSorted((a, b) => a - b)) {
    for (let repeat = 1; repeat <= request.repeats && !abort.aborted; repeat++) {
      const order = {
        n,
        repeat,
        plateauS: request.plateauS,
        startsAtOnce: availableParallelism(),
        startLimitS: START_LIMIT_S,
      };
      const step = await holdStep(held, prepared, order, abort);
      steps.push(step);
      say(
        step.reason === null ? `${n} held, repeat ${repeat} of ${request.repeats}` : `${n}: ${step.reason}`,
      );
      if (!step.converged) return steps;
    }
  }
  return steps;
}

function requireRoom(): void {
  const full = breach(readHostRoom());
  if (full === null) return;
  throw new SbxError({
    what: "This host has no room to measure density",
    why: `Before anything is started, ${full}.`,
    fix: "End what fills it, and try again.",
    exitCode: 4,
  });
}
