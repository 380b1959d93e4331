/** Reads the scenarios' own descriptions and fills in their parameters. */
import { existsSync, realpathSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SbxError } from "../base/errors.ts";
import { loadDefault } from "../base/load-module.ts";
import { didYouMean } from "../base/nearest.ts";
import type { ResolvedConfig, ScenarioUse } from "../config/resolved-config.ts";
import { PRESETS, type PresetName } from "../config/schema.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";
import type { ParameterValue, ScenarioDefinition } from "./define-scenario.ts";
import { hostMetrics } from "./host-metrics.ts";
import { absolutePaths } from "./host-paths.ts";
import { loadMetrics } from "./load/metrics.ts";
import { type Load, loadOf } from "./load/parameters.ts";
import { BUNDLED_SCENARIOS } from "./programs.ts";

/** A scenario of the run: its definition, with parameters filled in and all its metrics. */
export type Scenario = {
  /** Name in cell ids. */
  as: string;
  definition: ScenarioDefinition;
  /** Folder with main.go. */
  dir: string;
  params: Record<string, ParameterValue>;
  /** What the server that it starts is driven with; null where it starts none. */
  load: Load | null;
  /** What the program prints, then what the host takes. */
  metrics: MetricMeta[];
};

const metricSchema = z.strictObject({
  metric: z.string().min(1),
  title: z.string().min(1),
  unit: z.enum(["ns", "bytes", "bytes/s", "1/s", "count"]),
  better: z.enum(["lower", "higher"]),
  group: z.string().min(1),
});
const paramSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.array(z.string()).readonly()]),
);
const definitionSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  params: paramSchema,
  presets: z.partialRecord(z.enum(PRESETS), paramSchema).optional(),
  metrics: z.array(metricSchema).readonly(),
  host: z
    .strictObject({
      startup: z.boolean().optional(),
      cpu: z.boolean().optional(),
      memoryMarks: z.array(z.string()).readonly().optional(),
    })
    .optional(),
  peer: z.boolean().optional(),
  hostPrograms: z.boolean().optional(),
  load: z.boolean().optional(),
});

/** Names of the folders under `scenarioDir` that hold a scenario. */
export async function listScenarios(scenarioDir: string): Promise<string[]> {
  if (!existsSync(scenarioDir)) return [];
  const entries = await readdir(scenarioDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(scenarioDir, entry.name, "scenario.ts")))
    .map((entry) => entry.name)
    .sort();
}

/** Where scenarios are used from: a configuration. */
export type ScenarioSource = Pick<ResolvedConfig, "scenarios" | "scenarioDir" | "baseDir" | "preset">;

/**
 * The configuration's own scenarios and those of this tool; of two with one name, the configuration's.
 * @throws SbxError (exit code 2) for an unknown scenario, an unknown parameter or one of the wrong kind
 */
export async function loadScenarios(source: ScenarioSource): Promise<Scenario[]> {
  const dirs = new Map<string, string>();
  for (const folder of [BUNDLED_SCENARIOS, source.scenarioDir]) {
    for (const name of await listScenarios(folder)) dirs.set(name, join(folder, name));
  }
  return Promise.all(source.scenarios.map((use) => loadScenario(use, source, dirs)));
}

/** One of the configuration's own that stands in for one of this tool's. */
export function overridesBundled({ definition, dir }: Pick<Scenario, "definition" | "dir">): boolean {
  const bundled = join(BUNDLED_SCENARIOS, definition.name);
  return existsSync(join(bundled, "scenario.ts")) && realpathSync(bundled) !== realpathSync(dir);
}

async function loadScenario(
  use: ScenarioUse,
  { scenarioDir, baseDir, preset }: ScenarioSource,
  dirs: ReadonlyMap<string, string>,
): Promise<Scenario> {
  const dir = dirs.get(use.use);
  if (dir === undefined) {
    const known = [...dirs.keys()].sort();
    throw new SbxError({
      what: `There is no scenario "${use.use}"`,
      why: `Neither ${scenarioDir} nor ${BUNDLED_SCENARIOS} has a folder of that name with a scenario.ts.${didYouMean(use.use, known)}`,
      fix: `Scenarios: ${known.join(", ")}. To add one, copy a folder (README, "Add a scenario").`,
    });
  }
  const definition = await readDefinition(join(dir, "scenario.ts"), use.use);
  const params = fillParameters(use, definition, preset);
  const load = definition.load === true ? loadOf(use.as, params) : null;
  return {
    as: use.as,
    definition,
    dir,
    params: definition.hostPrograms === true ? absolutePaths(params, baseDir) : params,
    load,
    metrics: [
      ...definition.metrics.map(titleOf(use, definition)),
      ...(load === null ? [] : loadMetrics(load)),
      ...hostMetrics(definition),
    ],
  };
}

/** Two programs have the same metrics: the name of each leads its own. */
function titleOf(
  { as }: ScenarioUse,
  { hostPrograms }: ScenarioDefinition,
): (meta: MetricMeta) => MetricMeta {
  return (meta) => (hostPrograms === true ? { ...meta, title: `${as}: ${meta.title}` } : meta);
}

async function readDefinition(file: string, name: string): Promise<ScenarioDefinition> {
  const loaded = await loadDefault(file, {
    kind: "description of a scenario",
    form: "export default defineScenario({ ... })",
  });
  const parsed = definitionSchema.safeParse(loaded);
  if (!parsed.success || parsed.data.name !== name) {
    throw new SbxError({
      what: `The description of scenario "${name}" has a mistake`,
      why: parsed.success
        ? `Its name is "${parsed.data.name}", its folder "${name}".`
        : z.prettifyError(parsed.error),
      fix: `Correct ${file}; see src/workload/define-scenario.ts for its shape.`,
    });
  }
  return parsed.data as ScenarioDefinition;
}

function fillParameters(
  use: ScenarioUse,
  definition: ScenarioDefinition,
  preset: PresetName,
): Record<string, ParameterValue> {
  const names = Object.keys(definition.params);
  for (const [name, value] of Object.entries(use.params)) {
    const expected = definition.params[name];
    if (expected === undefined) {
      throw new SbxError({
        what: `Scenario "${use.use}" has no parameter "${name}"`,
        why: `Its parameters are ${names.join(", ") || "none"}.${didYouMean(name, names)}`,
        fix: `Correct scenarios[...].params of "${use.as}" in the configuration.`,
      });
    }
    if (kindOf(expected) !== kindOf(value)) {
      throw new SbxError({
        what: `Parameter "${name}" of scenario "${use.as}" is ${JSON.stringify(value)}`,
        why: `It has to be ${kindOf(expected)}; the default is ${JSON.stringify(expected)}.`,
        fix: `Correct scenarios[...].params of "${use.as}" in the configuration.`,
      });
    }
  }
  refuseUnknownOps(use, definition);
  return { ...definition.params, ...definition.presets?.[preset], ...use.params };
}

/** A mistyped operation would be left out in silence: the program knows only what it was not asked for. */
function refuseUnknownOps(use: ScenarioUse, definition: ScenarioDefinition): void {
  const known = definition.metrics.map((meta) => meta.metric);
  const unknown = [use.params.ops ?? []].flat().find((op) => !known.includes(String(op)));
  if (unknown === undefined) return;
  throw new SbxError({
    what: `Scenario "${use.use}" has no operation "${unknown}"`,
    why: `Its operations are ${known.join(", ") || "none"}.${didYouMean(String(unknown), known)}`,
    fix: `Correct scenarios[...].params.ops of "${use.as}" in the configuration.`,
  });
}

function kindOf(value: ParameterValue): string {
  if (Array.isArray(value)) return "a list of texts";
  return typeof value === "number" ? "a number" : typeof value === "boolean" ? "true or false" : "a text";
}
