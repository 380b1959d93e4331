/** Finds and reads the configuration: TypeScript, JavaScript or JSON. Node strips types itself; there is no build step. */
import { existsSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { loadDefault } from "../base/load-module.ts";
import { readJson } from "../base/read-json.ts";
import type { BenchConfig } from "./define-config.ts";
import { readFilterFile } from "./filter-files.ts";
import { plainData } from "./plain-data.ts";
import { resolveConfig } from "./resolve.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

const ENDINGS = [".ts", ".mts", ".js", ".mjs", ".json"];
/** Of files that were named. */
const READABLE = [...ENDINGS, ".cjs", ".cts"];
const NAMES = ENDINGS.map((ending) => `bench.config${ending}`);

/**
 * @param path `--config`, or null to look for `bench.config.*` in `cwd` and fall back to the defaults
 * @throws SbxError (exit code 2) when the file is missing, does not load or has a mistake, or a filter's file has
 */
export async function loadConfig(
  path: string | null,
  overrides: BenchConfig,
  cwd: string,
): Promise<ResolvedConfig> {
  const name = path ?? findIn(cwd);
  if (name === null) return withReadableFilters(resolveConfig({}, overrides, "the defaults", cwd));
  const file = resolve(cwd, name);
  requireFile(name, file);
  const raw = await read(name, file);
  const config = resolveConfig(raw, overrides, name, dirname(file), cwd);
  requireScenarioDir(raw, config, name);
  return withReadableFilters(config);
}

/** A slip in a path is a slip of the whole configuration: found later, it would end as "nothing was measured". */
function withReadableFilters(config: ResolvedConfig): ResolvedConfig {
  for (const [name, file] of Object.entries(config.filters)) readFilterFile(file, name);
  return config;
}

/** @throws SbxError where there are several: whichever was meant, the other would be ignored in silence */
function findIn(cwd: string): string | null {
  const found = NAMES.filter((name) => existsSync(join(cwd, name)));
  if (found.length < 2) return found[0] ?? null;
  throw new SbxError({
    what: `There are ${found.length} configurations here`,
    why: `${cwd} has ${found.join(" and ")}.`,
    fix: `Remove one, or name the one that is meant: --config ${found[0]}`,
  });
}

function requireFile(name: string, file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const inside = NAMES.find((candidate) => existsSync(join(file, candidate)));
    throw new SbxError({
      what: `The configuration ${name} is a folder`,
      why: `${file} is not a file.`,
      fix: `Name the file in it: --config ${join(name, inside ?? "bench.config.ts")}`,
    });
  }
  if (found !== undefined && !found.isFile()) {
    throw new SbxError({
      what: `The configuration file ${name} cannot be read`,
      why: "It is not a regular file.",
      fix: "Name a file with --config.",
    });
  }
  if (found !== undefined && READABLE.includes(extname(file))) return;
  if (found !== undefined) {
    throw new SbxError({
      what: `The configuration file ${name} cannot be read`,
      why: extname(file) === "" ? "It has no ending." : `Its ending is ${extname(file)}.`,
      fix: `Write it in TypeScript, JavaScript or JSON: ${ENDINGS.join(", ")}`,
    });
  }
  throw new SbxError({
    what: `There is no configuration file ${name}`,
    why: `${file} does not exist.`,
    fix: "Name an existing file with --config, or leave the option out to use ./bench.config.ts.",
  });
}

async function read(name: string, file: string): Promise<unknown> {
  const isJson = extname(file) === ".json";
  const form = "export default defineConfig({ ... })";
  const exported = isJson ? null : await loadDefault(file, { kind: "configuration file", form });
  try {
    return isJson ? readJson(file) : plainData(exported);
  } catch (error) {
    throw new SbxError({
      what: `The configuration file ${name} does not load`,
      why: error instanceof Error ? error.message : String(error),
      fix: `Correct the file${isJson ? "; for comments or computed values write bench.config.ts instead" : ""}.`,
      cause: error,
    });
  }
}

/** The tool's own scenarios are found without it, so that a wrong name would go unnoticed. */
function requireScenarioDir(raw: unknown, { scenarioDir }: ResolvedConfig, name: string): void {
  const written = (raw as BenchConfig).scenarioDir;
  if (written === undefined || existsSync(scenarioDir)) return;
  throw new SbxError({
    what: `The configuration in ${name} has a mistake`,
    why: `scenarioDir: ${JSON.stringify(written)} does not exist; it stands for ${scenarioDir}.`,
    fix: "Correct it: it is relative to the configuration. The scenarios of sbx-bench need no scenarioDir.",
  });
}
