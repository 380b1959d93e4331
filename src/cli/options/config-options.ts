/** Options that `plan` and `run` share, and how they become overrides of the configuration. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Command } from "commander";
import { AXES } from "../../axes/axes.ts";
import type { AxisKey } from "../../axes/configuration.ts";
import { plainFilter } from "../../axes/seccomp.ts";
import { DEFAULT_PRESET, DEFAULTS } from "../../config/defaults.ts";
import type { BenchConfig } from "../../config/define-config.ts";
import { readFilterFile } from "../../config/filter-files.ts";
import { loadConfig } from "../../config/load.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { PRESETS } from "../../config/schema.ts";
import { LISTED, list, pathList } from "./list-option.ts";
import { roundCount } from "./number-option.ts";

export type ConfigFlags = Partial<Record<AxisKey, string[]>> & {
  preset?: string;
  cells?: string[];
  scenarios?: string[];
  vary?: string[];
  factorial?: boolean;
  rounds?: number;
  seed?: string;
  out?: string;
};

export function addConfigOptions(command: Command): Command {
  command
    .option("--matrix", "every cell of the configuration's matrix (the default)")
    .option("--preset <name>", `${PRESETS.join(", ")} (default: ${DEFAULT_PRESET}); docs/configuration.md`)
    .option("--cells <globs...>", `only cells whose id matches, e.g. 'runsc/*::syscalls'; ${LISTED}`, list)
    .option("--scenarios <names>", `scenarios; ${LISTED}`, list);
  for (const { key, option } of AXES) {
    const read = option.takesPaths === true ? pathList : list;
    command.option(`--${key} ${option.argument}`, `${option.text}; ${LISTED}`, read);
  }
  return command
    .option(
      "--vary <factors>",
      `flags of runsc to vary one at a time: directfs,overlay2=none (see docs/runsc-versions.md); ${LISTED}`,
      list,
    )
    .option("--factorial", "with --vary: every combination of the factors")
    .option("--rounds <n>", "launches of every cell (default: the preset's)", roundCount)
    .option("--seed <text>", `seed of the random order (default: ${DEFAULTS.seed})`)
    .option("--out <dir>", `folder of the runs (default: ${DEFAULTS.out})`);
}

/** A relative path on the command line starts at the caller's folder, one in the file at the file's. */
export async function configFrom(
  flags: ConfigFlags,
  configFile: string | undefined,
): Promise<ResolvedConfig> {
  for (const filter of (flags.seccomp ?? []).filter(isPath)) {
    // Under the name that was typed; the configuration knows it by another.
    readFilterFile(resolve(plainFilter(filter)), filter);
  }
  const configDir = dirname(resolve(configFile ?? "bench.config.ts"));
  const matrix = pick(
    Object.fromEntries(
      AXES.map(({ key }) => [key, flags[key]?.map((value) => FROM_HERE[key]?.(value, configDir) ?? value)]),
    ),
  );
  const runsc = pick({ vary: flags.vary, factorial: flags.factorial });
  const overrides = pick({
    preset: flags.preset,
    scenarios: flags.scenarios,
    rounds: flags.rounds,
    seed: flags.seed,
    out: flags.out === undefined ? undefined : resolve(flags.out),
    matrix: Object.keys(matrix).length > 0 ? matrix : undefined,
    runsc: Object.keys(runsc).length > 0 ? runsc : undefined,
  });
  // Wrong values are found by the schema, which answers with the allowed ones and the nearest.
  return loadConfig(configFile ?? null, overrides as BenchConfig, process.cwd());
}

/** A filter given as a path starts at the caller's folder; its name at the file's. */
function fromHere(seccomp: string, configDir: string): string {
  if (isAbsolute(seccomp) || !isPath(seccomp)) return seccomp;
  return `./${relative(configDir, resolve(seccomp))}`;
}

/** It has a slash or ends in .json. */
function isPath(seccomp: string): boolean {
  return seccomp.includes("/") || /\.json(\+tree)?$/.test(seccomp);
}

/** A path has a slash; a label may stand before it. */
function runscFromHere(runsc: string): string {
  const [, label = "", rest = runsc] = /^([^/=]+=)(.+)$/.exec(runsc) ?? [];
  return rest.includes("/") ? `${label}${resolve(rest)}` : runsc;
}

/** Values that may be paths. */
const FROM_HERE: Partial<Record<AxisKey, (value: string, configDir: string) => string>> = {
  seccomp: fromHere,
  runsc: runscFromHere,
};

function pick(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
