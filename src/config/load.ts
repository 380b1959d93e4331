/** Finds and reads `bench.config.ts`. Node strips the types itself; there is no build step. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SbxError } from "../base/errors.ts";
import type { BenchConfig } from "./define-config.ts";
import { readFilterFile } from "./filter-files.ts";
import { resolveConfig } from "./resolve.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

/**
 * @param path `--config`, or null to look for `bench.config.ts` in `cwd` and fall back to the defaults
 * @throws SbxError (exit code 2) when the file is missing, does not load or has a mistake, or a filter's file has
 */
export async function loadConfig(
  path: string | null,
  overrides: BenchConfig,
  cwd: string,
): Promise<ResolvedConfig> {
  const file = resolve(cwd, path ?? "bench.config.ts");
  if (!existsSync(file)) {
    if (path === null) return withReadableFilters(resolveConfig({}, overrides, "the defaults", cwd));
    throw new SbxError({
      what: `There is no configuration file ${path}`,
      why: `${file} does not exist.`,
      fix: "Name an existing file with --config, or leave the option out to use ./bench.config.ts.",
    });
  }
  return withReadableFilters(
    resolveConfig(await importDefault(file), overrides, path ?? "bench.config.ts", dirname(file)),
  );
}

/** A slip in a path is a slip of the whole configuration: found later, it would end as "nothing was measured". */
function withReadableFilters(config: ResolvedConfig): ResolvedConfig {
  for (const [name, file] of Object.entries(config.filters)) readFilterFile(file, name);
  return config;
}

async function importDefault(file: string): Promise<unknown> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new SbxError({
      what: `The configuration file ${file} does not load`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Correct the file; it is ordinary TypeScript whose types Node strips (no enums, no namespaces).",
      cause: error,
    });
  }
  if (loaded.default === undefined) {
    throw new SbxError({
      what: `The configuration file ${file} exports nothing`,
      why: "It has no default export.",
      fix: "End it with `export default defineConfig({ ... })`.",
    });
  }
  return loaded.default;
}
