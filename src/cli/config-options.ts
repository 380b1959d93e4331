/** Options that `plan` and `run` share, and how they become overrides of the configuration. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Command } from "commander";
import { DEFAULT_PRESET, DEFAULTS } from "../config/defaults.ts";
import type { BenchConfig } from "../config/define-config.ts";
import { readFilterFile } from "../config/filter-files.ts";
import { plainFilter } from "../config/filter-names.ts";
import { PLAIN_FLAGS } from "../config/flag-variants.ts";
import { loadConfig } from "../config/load.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { PRESETS, PROFILE_NAMES } from "../config/schema.ts";
import { NETWORKS, PLATFORMS, REAL_SANDBOXES } from "../plan/cell.ts";
import { LISTED, list, pathList } from "./options/list-option.ts";
import { roundCount } from "./options/number-option.ts";

export type ConfigFlags = {
  preset?: string;
  cells?: string[];
  scenarios?: string[];
  sandbox?: string[];
  platform?: string[];
  network?: string[];
  seccomp?: string[];
  runsc?: string[];
  flags?: string[];
  vary?: string[];
  factorial?: boolean;
  rounds?: number;
  seed?: string;
  out?: string;
};

export function addConfigOptions(command: Command): Command {
  return command
    .option("--matrix", "every cell of the configuration's matrix (the default)")
    .option("--preset <name>", `${PRESETS.join(", ")} (default: ${DEFAULT_PRESET}); docs/configuration.md`)
    .option("--cells <globs...>", `only cells whose id matches, e.g. 'runsc/*::syscalls'; ${LISTED}`, list)
    .option("--scenarios <names>", `scenarios; ${LISTED}`, list)
    .option("--sandbox <names>", `${REAL_SANDBOXES.join(", ")}; ${LISTED}`, list)
    .option("--platform <names>", `platforms of runsc: ${PLATFORMS.join(", ")}; ${LISTED}`, list)
    .option("--network <names>", `${NETWORKS.join(", ")}; ${LISTED}`, list)
    .option(
      "--seccomp <names>",
      `filters: ${PROFILE_NAMES.join(", ")}, or a path (with a comma in it: as it is, or \\,); ${LISTED}`,
      pathList,
    )
    .option(
      "--runsc <names>",
      `runscs, the old one first: versions or names of \`runsc list\`, paths, label=path; ${LISTED}`,
      pathList,
    )
    .option(
      "--flags <names>",
      `variants of runsc's flags (runsc.variants), or ${PLAIN_FLAGS}; ${LISTED}`,
      list,
    )
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
  const matrix = pick({
    sandbox: flags.sandbox,
    platform: flags.platform,
    network: flags.network,
    seccomp: flags.seccomp?.map((name) => fromHere(name, dirname(resolve(configFile ?? "bench.config.ts")))),
    runsc: flags.runsc?.map(runscFromHere),
    flags: flags.flags,
  });
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

function pick(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
