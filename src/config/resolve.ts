/** Raw configuration -> resolved one: validation, defaults, precedence. Pure. */
import { resolve as resolvePath } from "node:path";
import type { DeepReadonly } from "../base/deep-readonly.ts";
import { SbxError } from "../base/errors.ts";
import { keysAt } from "../base/schema-keys.ts";
import { ANY_SHARE, readShare } from "../base/share.ts";
import { DEFAULT_PRESET, DEFAULTS, PRESET_DEFAULTS } from "./defaults.ts";
import type { BenchConfig } from "./define-config.ts";
import { explainMistakes } from "./explain-mistake.ts";
import { filterFiles, filterName } from "./filter-names.ts";
import { flagAxis, namedVariants } from "./flag-variants.ts";
import { limitsTooSmall } from "./limit-floors.ts";
import type { ResolvedConfig, ScenarioUse } from "./resolved-config.ts";
import { runscChoices } from "./runsc-choice.ts";
import { configSchema } from "./schema.ts";
import { variedFlags } from "./vary-flags.ts";

const MIB = 1024 * 1024;

/**
 * @param raw what the file says
 * @param overrides what the command line says; wins, value by value
 * @param source name of the file, for messages
 * @param baseDir folder that relative paths in the file start from
 * @param callerDir where the command runs: what nobody named goes there, and not beside a file that may be another's
 * @throws SbxError (exit code 2) naming every mistake
 */
export function resolveConfig(
  raw: unknown,
  overrides: BenchConfig,
  source: string,
  baseDir: string,
  callerDir = baseDir,
): ResolvedConfig {
  const file = validate(raw, source);
  const flags = validate(overrides, "the command line");
  const preset = flags.preset ?? file.preset ?? DEFAULT_PRESET;
  const { sandbox = DEFAULTS.matrix.sandbox } = PRESET_DEFAULTS[preset];
  const matrix = { ...DEFAULTS.matrix, sandbox, ...defined(file.matrix), ...defined(flags.matrix) };
  const vary = variedFlags(
    flags.runsc?.vary ?? file.runsc?.vary ?? [],
    flags.runsc?.factorial ?? file.runsc?.factorial ?? false,
  );
  const variants = [...namedVariants({ ...file.runsc?.variants, ...flags.runsc?.variants }), ...vary];
  const runsc = flags.runsc?.path ?? file.runsc?.path;
  const folder = (named: string | undefined, usual: string) =>
    named === undefined ? resolvePath(callerDir, usual) : resolvePath(baseDir, named);
  const filters = unique(matrix.seccomp.map((name) => filterName(name, baseDir)));
  const limits = { ...DEFAULTS.limits, ...defined(file.limits), ...defined(flags.limits) };
  const resolved: ResolvedConfig = {
    preset,
    matrix: {
      ...uniqueValues(matrix),
      seccomp: filters,
      runsc: runscChoices(flags.matrix?.runsc ?? file.matrix?.runsc ?? [], baseDir),
      flags: flagAxis(flags.matrix?.flags ?? file.matrix?.flags, variants),
    },
    filters: filterFiles(filters, baseDir),
    scenarios: scenarioUses(
      flags.scenarios ?? file.scenarios ?? PRESET_DEFAULTS[preset].scenarios ?? DEFAULTS.scenarios,
      source,
    ),
    scenarioDir: resolvePath(baseDir, flags.scenarioDir ?? file.scenarioDir ?? DEFAULTS.scenarioDir),
    rounds: flags.rounds ?? file.rounds ?? PRESET_DEFAULTS[preset].rounds,
    seed: String(flags.seed ?? file.seed ?? DEFAULTS.seed),
    baseDir,
    out: folder(flags.out ?? file.out, DEFAULTS.out),
    baselines: folder(flags.baselines ?? file.baselines, DEFAULTS.baselines),
    limits: {
      launchMs: Math.round(limits.launchSeconds * 1000),
      outputBytes: Math.round(limits.outputMiB * MIB),
      memoryBytes: limits.memoryMiB === null ? null : Math.round(limits.memoryMiB * MIB),
      pids: limits.pids,
      cpus: limits.cpus,
    },
    include: flags.include ?? file.include ?? [],
    exclude: [
      ...[...(file.exclude ?? []), ...(flags.exclude ?? [])].map((entry) =>
        typeof entry === "string" ? { cells: entry, reason: "excluded by the configuration" } : entry,
      ),
      ...PRESET_DEFAULTS[preset].exclude,
    ],
    runsc: {
      path: runsc === undefined ? null : resolvePath(baseDir, runsc),
      flags: flags.runsc?.flags ?? file.runsc?.flags ?? [],
      variants,
    },
    check: {
      maxRegression: shareOf(
        flags.check?.maxRegression ?? file.check?.maxRegression ?? DEFAULTS.check.maxRegression,
      ),
      alpha: flags.check?.alpha ?? file.check?.alpha ?? DEFAULTS.check.alpha,
      metrics: (file.check?.metrics ?? []).map(({ match, maxRegression, gate }) => ({
        match,
        maxRegression: maxRegression === undefined ? null : shareOf(maxRegression),
        gate: gate ?? null,
      })),
    },
    precision: shareOf(flags.precision ?? file.precision ?? DEFAULTS.precision),
  };
  refuseSmallLimits(resolved, source);
  return resolved;
}

function refuseSmallLimits(config: ResolvedConfig, source: string): void {
  const mistakes = limitsTooSmall(config);
  if (mistakes.length === 0) return;
  throw new SbxError({
    what: `The configuration in ${source} has a mistake`,
    why: mistakes.join("\n"),
    fix: "Raise it, or leave these sandboxes out of matrix.sandbox (--sandbox).",
  });
}

function validate(raw: unknown, source: string): BenchConfig {
  const parsed = configSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new SbxError({
    what: `The configuration in ${source} has a mistake`,
    why: explainMistakes(parsed.error.issues, raw, (path) => keysAt(configSchema, path)).join("\n"),
    fix: "Correct it; docs/configuration.md lists every setting.",
  });
}

/** 0.05 of 0.05 and of "5%"; the schema has let nothing else pass. */
function shareOf(value: number | string): number {
  const read = readShare(value, ANY_SHARE);
  return "share" in read ? read.share : Number.NaN;
}

function scenarioUses(
  uses: DeepReadonly<NonNullable<BenchConfig["scenarios"]>>,
  source: string,
): ScenarioUse[] {
  const resolved = uses.map((use) =>
    typeof use === "string"
      ? { use, as: use, params: {} }
      : { use: use.use, as: use.as ?? use.use, params: withTexts(use.params ?? {}) },
  );
  const twice = resolved.find((use, index) => resolved.findIndex((other) => other.as === use.as) !== index);
  if (twice !== undefined) {
    throw new SbxError({
      what: `The configuration in ${source} has a mistake`,
      why: `scenarios: "${twice.as}" is listed twice, and cell ids would be the same.`,
      fix: `Give one of them another name: { use: "${twice.use}", as: "another-name" }.`,
    });
  }
  return resolved;
}

/** Lists of numbers are as good as lists of texts: rates: [100, 500]. */
function withTexts(params: Readonly<Record<string, Given>>): ScenarioUse["params"] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === "object" ? value.map(String) : value,
    ]),
  );
}

type Given = number | string | boolean | readonly (string | number)[];

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Of every axis, each value once. */
function uniqueValues<T extends Record<string, readonly unknown[]>>(
  matrix: T,
): { [K in keyof T]: T[K][number][] } {
  return Object.fromEntries(Object.entries(matrix).map(([axis, values]) => [axis, unique(values)])) as {
    [K in keyof T]: T[K][number][];
  };
}

/** Without `undefined` values, which would overwrite a default when spread. */
function defined<T extends object>(value: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
