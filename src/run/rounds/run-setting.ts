/** What a cell is launched with: one configuration for the whole run, or one a side of an interleaved run. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Cell, SideName } from "../../plan/cell.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import type { Scenario } from "../../workload/catalogue.ts";

export type RunSetting = {
  config: ResolvedConfig;
  scenarios: readonly Scenario[];
  probe: HostProbe;
};

/** Of the whole run (side b of an interleaved one), and of each side where there are two. */
export type RunSettings = RunSetting & { sides?: Record<SideName, RunSetting> };

export function settingOf(settings: RunSettings, { side }: Pick<Cell, "side">): RunSetting {
  return side === undefined || settings.sides === undefined ? settings : settings.sides[side];
}

/** Tells one scenario of two sides apart: they may have different parameters. */
export function scenarioKey({ side, scenario }: Pick<Cell, "side" | "scenario">): string {
  return side === undefined ? scenario : `${side}:${scenario}`;
}
