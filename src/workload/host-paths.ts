/** Paths in the parameters of a scenario that runs the host's programs (docs/programs.md). Pure. */
import { resolve } from "node:path";
import type { ParameterValue } from "./define-scenario.ts";

/**
 * Relative folders start at the configuration's folder, wherever the command runs. What the program itself looks up
 * (`cwd`, `stdin`, a command with a slash) starts there, too, but with `work` in its copy of that folder.
 *
 * @param baseDir absolute
 */
export function absolutePaths(
  params: Readonly<Record<string, ParameterValue>>,
  baseDir: string,
): Record<string, ParameterValue> {
  const { binds, work, argv, ...rest } = params;
  const hasWork = typeof work === "string" && work !== "";
  const absolute: Record<string, ParameterValue> = { ...params };
  if (Array.isArray(binds)) absolute.binds = binds.map((bind: string) => absoluteBind(bind, baseDir));
  if (hasWork) absolute.work = resolve(baseDir, work);
  if (hasWork) return absolute;
  if (Array.isArray(argv) && argv[0]?.includes("/")) {
    absolute.argv = [resolve(baseDir, argv[0]), ...argv.slice(1)];
  }
  for (const name of ["cwd", "stdin"]) {
    const path = rest[name];
    if (typeof path === "string" && path !== "") absolute[name] = resolve(baseDir, path);
  }
  return absolute;
}

/** `system` stands for several; `:rw` and `:ro` are no part of the path. */
function absoluteBind(bind: string, baseDir: string): string {
  if (bind === "system") return bind;
  const [, path = bind, mode = ""] = /^(.*?)(:ro|:rw)?$/.exec(bind) ?? [];
  return `${resolve(baseDir, path)}${mode}`;
}
