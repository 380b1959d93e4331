/** Makes everything that a run's launches share: the veth pair with its far ends, drivers, bundles, filters. */
import { isSynthetic } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import type { Cell } from "../../plan/cell.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { PreparedCell, SandboxDriver } from "../../sandbox/driver.ts";
import { makeDriver } from "../../sandbox/drivers.ts";
import { flagsOf } from "../../sandbox/flag-support.ts";
import { buildHelper } from "../../workload/programs.ts";
import type { Ledger } from "../environment/ledger.ts";
import type { Scratch } from "../environment/scratch.ts";
import { Wire } from "../environment/wire.ts";
import type { RunObserver } from "../events.ts";
import type { RunInput } from "../run-input.ts";
import { type BuiltScenario, type CellSetting, prepareCell, scenarioEnv } from "./cell-runner.ts";
import { scenarioKey, settingOf } from "./run-setting.ts";

/** The veth pair with its far ends; cells whose far end does not come up become unavailable with the reason. */
export async function makeWire(
  input: RunInput,
  planned: readonly Cell[],
  built: ReadonlyMap<string, BuiltScenario>,
  scratch: Scratch,
  ledger: Ledger,
): Promise<Wire | null> {
  const wired = planned.filter((cell) => cell.config.network === "sandbox" && !isSynthetic(cell.config));
  if (wired.length === 0) return null;
  input.observe({ type: "preparing", what: "veth pair" });
  let wire: Wire | null = null;
  for (const [key, cells] of Map.groupBy(wired, scenarioKey)) {
    const peer = built.get(key);
    try {
      wire ??= await Wire.create(await buildHelper("sbx-netns"), scratch.dir, ledger);
      if (peer?.scenario.definition.peer === true) await wire.ensurePeer(peer.program, peerEnv(input, peer));
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      for (const cell of cells) markUnavailable(cell, error, input.observe);
    }
  }
  return wire;
}

function markUnavailable(cell: Cell, error: SbxError, observe: RunObserver): void {
  cell.status = "unavailable";
  cell.reason = `${error.what}: ${error.why}`;
  observe({ type: "warning", message: `${cell.id}: ${cell.reason}` });
}

/** A cell that can't be prepared becomes unavailable with the reason; the others go on. */
export async function prepareCells(
  input: RunInput,
  planned: readonly Cell[],
  built: ReadonlyMap<string, BuiltScenario>,
  scratch: Scratch,
  wire: Wire | null,
): Promise<Map<string, PreparedCell>> {
  const drivers = new Map<string, SandboxDriver>();
  const prepared = new Map<string, PreparedCell>();
  for (const [number, cell] of planned.entries()) {
    const scenario = built.get(scenarioKey(cell));
    if (scenario === undefined) continue;
    const { config, probe } = settingOf(input, cell);
    const setting: CellSetting = {
      runId: input.manifest.runId,
      scratch,
      wire,
      constantTsc: probe.processor.constantTsc,
      limits: config.limits,
    };
    const ofSide = (name: string) => built.get(scenarioKey({ ...cell, scenario: name }))?.scenario;
    try {
      const { sandbox, runsc = "", flags = "" } = cell.config;
      const driverKey = [cell.side ?? "", sandbox, runsc, flags].join(":");
      let driver = drivers.get(driverKey);
      if (driver === undefined) {
        driver = await makeDriver(sandbox, {
          tools: probe.runscs?.get(runsc)?.tools ?? probe.tools,
          cgroups: probe.cgroups,
          runscFlags: flagsOf(config.runsc, cell.config),
          isRoot: probe.isRoot,
          stateDir: scratch.stateDir,
          scenarioDirOf: (name) => ofSide(name)?.dir ?? "",
          filters: config.filters,
          fake: {
            seed: input.manifest.seed,
            faults: input.fakeFaults,
            metricsOf: (name) => ofSide(name)?.metrics ?? [],
          },
          buildLauncher: () => buildHelper("sbx-launch"),
        });
        drivers.set(driverKey, driver);
      }
      const ready = await prepareCell(cell, number, scenario, driver, setting);
      for (const warning of ready.warnings) addWarning(input.manifest, `${cell.config.sandbox}: ${warning}`);
      prepared.set(cell.id, ready);
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      markUnavailable(cell, error, input.observe);
    }
  }
  return prepared;
}

function peerEnv(input: RunInput, peer: BuiltScenario): Record<string, string> {
  const { SBX_PEER: _, ...env } = scenarioEnv(peer, "sandbox", {
    runId: input.manifest.runId,
    constantTsc: input.probe.processor.constantTsc,
  });
  return env;
}

export function addWarning(manifest: RunManifest, warning: string): void {
  if (!manifest.warnings.includes(warning)) manifest.warnings.push(warning);
}
