/** Reads the scenarios' own descriptions and fills in their parameters. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import type { ScenarioUse } from "../config/resolved-config.ts";
import { PRESETS, type PresetName } from "../config/schema.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";
import type { ParameterValue, ScenarioDefinition } from "./define-scenario.ts";
import { hostMetrics } from "./host-metrics.ts";

/** A scenario of the run: its definition, with parameters filled in and all its metrics. */
export type Scenario = {
  /** Name in cell ids. */
  as: string;
  definition: ScenarioDefinition;
  /** Folder with main.go. */
  dir: string;
  params: Record<string, ParameterValue>;
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

/** @throws SbxError (exit code 2) for an unknown scenario, an unknown parameter or one of the wrong kind */
export async function loadScenarios(
  uses: readonly ScenarioUse[],
  scenarioDir: string,
  preset: PresetName,
): Promise<Scenario[]> {
  const known = await listScenarios(scenarioDir);
  return Promise.all(uses.map((use) => loadScenario(use, scenarioDir, preset, known)));
}

async function loadScenario(
  use: ScenarioUse,
  scenarioDir: string,
  preset: PresetName,
  known: readonly string[],
): Promise<Scenario> {
  if (!known.includes(use.use)) {
    throw new SbxError({
      what: `There is no scenario "${use.use}"`,
      why: `${scenarioDir} has no folder of that name with a scenario.ts.${didYouMean(use.use, known)}`,
      fix: `Scenarios: ${known.join(", ") || "none"}. To add one, copy a folder (README, "Add a scenario").`,
    });
  }
  const dir = join(scenarioDir, use.use);
  const definition = await readDefinition(join(dir, "scenario.ts"), use.use);
  return {
    as: use.as,
    definition,
    dir,
    params: fillParameters(use, definition, preset),
    metrics: [...definition.metrics, ...hostMetrics(definition)],
  };
}

async function readDefinition(file: string, name: string): Promise<ScenarioDefinition> {
  const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  const parsed = definitionSchema.safeParse(loaded.default);
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
