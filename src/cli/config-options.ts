/** Options that `plan` and `run` share, and how they become overrides of the configuration. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { BenchConfig } from "../config/define-config.ts";
import { loadConfig } from "../config/load.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";

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
    .option("--preset <name>", "quick, standard, full, model (for predict and tune), or article")
    .option("--cells <glob...>", "only cells whose id matches, e.g. 'runsc/*::syscalls'")
    .option("--scenarios <names>", "comma-separated scenarios", list)
    .option("--sandbox <names>", "comma-separated sandboxes: native, unshare, runc, runsc", list)
    .option("--platform <names>", "comma-separated runsc platforms: systrap, ptrace, kvm", list)
    .option("--network <names>", "comma-separated networks: none, host, sandbox", list)
    .option(
      "--seccomp <names>",
      "comma-separated filters: none, default, generated, or a path from here",
      list,
    )
    .option(
      "--runsc <names>",
      "comma-separated runscs, the old one first: versions or names of `runsc list`, paths, label=path",
      list,
    )
    .option("--flags <names>", "comma-separated variants of runsc's flags (runsc.variants), or default", list)
    .option(
      "--vary <factors>",
      "flags of runsc to vary one at a time: directfs,overlay2=none (see docs/runsc-versions.md)",
      list,
    )
    .option("--factorial", "with --vary: every combination of the factors")
    .option("--rounds <n>", "launches of every cell", wholeNumber)
    .option("--seed <text>", "seed of the random order")
    .option("--out <dir>", "folder of the runs");
}

/** A relative path on the command line starts at the caller's folder, one in the file at the file's. */
export async function configFrom(
  flags: ConfigFlags,
  configFile: string | undefined,
): Promise<ResolvedConfig> {
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

/** A filter given as a path (it has a slash or ends in .json) starts at the caller's folder; its name at the file's. */
function fromHere(seccomp: string, configDir: string): string {
  if (isAbsolute(seccomp) || !(seccomp.includes("/") || /\.json(\+tree)?$/.test(seccomp))) return seccomp;
  return `./${relative(configDir, resolve(seccomp))}`;
}

/** A path has a slash; a label may stand before it. */
function runscFromHere(runsc: string): string {
  const [, label = "", rest = runsc] = /^([^/=]+=)(.+)$/.exec(runsc) ?? [];
  return rest.includes("/") ? `${label}${resolve(rest)}` : runsc;
}

function pick(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It has to be a whole number from 1.");
  return value;
}
