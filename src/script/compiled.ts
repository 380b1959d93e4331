/** Modes `compiled` and `cgo`: built on the host and cached; the sandbox sees no compiler. */
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SbxError } from "../base/errors.ts";
import { buildGo } from "../workload/go-build.ts";
import { copyScript } from "./copy-script.ts";
import type { Script } from "./script-file.ts";

/** Of a script without a go.mod: the language of the Go that the setup brings. */
const LONE_MODULE = "module script\n\ngo 1.26.0\n";

/**
 * @param folder empty, for the module of a script that has none
 * @param withC dynamic, against the C libraries of this host; otherwise static and without C
 * @returns path of the program
 * @throws SbxError where it does not compile (exit code 2), or nothing does (4)
 */
export async function compileScript(script: Script, folder: string, withC: boolean): Promise<string> {
  if (!withC && /^\s*import\s+"C"/m.test(script.source.toString("utf8"))) {
    throw new SbxError({
      what: `The script ${script.path} does not compile`,
      why: 'It uses C (import "C"), and a static program without C is built.',
      fix: "Use --mode cgo.",
    });
  }
  const moduleDir = script.moduleDir ?? loneModule(script, folder);
  const file = script.moduleDir === null ? script.name : relative(moduleDir, script.path);
  try {
    return await buildGo({ moduleDir, packagePath: `./${file}`, cgo: withC, isDynamic: withC });
  } catch (error) {
    if (!(error instanceof SbxError) || !error.what.endsWith("does not build")) throw error;
    const missing = /C compiler "[^"]+" not found/.exec(error.why)?.[0];
    if (missing !== undefined) {
      throw new SbxError({
        what: "Mode cgo is unavailable here",
        why: `${missing}.`,
        fix: "Install a C compiler (gcc), or use --mode compiled.",
        exitCode: 4,
      });
    }
    throw new SbxError({
      what: `The script ${script.path} does not compile`,
      why: error.why.replace(/^# .*\n/, ""),
      fix:
        script.moduleDir === null
          ? "Correct it. It has no go.mod above it, so that it can import the standard library only."
          : `Correct it, or its module in ${script.moduleDir}.`,
      cause: error,
    });
  }
}

/** The script and a go.mod alone, so that nothing that stands beside the script can get into the build. */
function loneModule(script: Script, folder: string): string {
  copyScript(script, folder);
  writeLoneModule(folder);
  return folder;
}

/** A script is built as a module, also where it has none. */
export function writeLoneModule(folder: string): void {
  writeFileSync(join(folder, "go.mod"), LONE_MODULE);
}
