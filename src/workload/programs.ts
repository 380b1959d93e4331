/** Which Go programs this tool builds, and where their source stands. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SbxError } from "../base/errors.ts";
import { buildGo } from "./go-build.ts";

const SOURCE_ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const GO_DIR = join(SOURCE_ROOT, "go");
/** The scenarios that come with the tool, whatever folder a configuration names. */
export const BUNDLED_SCENARIOS = join(SOURCE_ROOT, "..", "scenarios");

/** The launcher and its companions. */
export async function buildHelper(
  name:
    | "sbx-launch"
    | "sbx-kvm-caps"
    | "sbx-netns"
    | "sbx-probe"
    | "sbx-syscalls"
    | "sbx-filter-cost"
    | "sbx-load"
    | "sbx-scan"
    | "sbx-yaegi"
    | "sbx-go-run",
): Promise<string> {
  return buildGo({
    moduleDir: GO_DIR,
    packagePath: `./cmd/${name}`,
    cgo: name === "sbx-launch",
  });
}

/** The static program that exits at once: the target of fork+exec, and the probe of a platform. */
export async function buildTrue(): Promise<string> {
  return buildInternal("true");
}

/** Makes getpid calls and nothing else: a tracer's cost is measured with it. */
export async function buildGetpid(): Promise<string> {
  return buildInternal("getpid");
}

/** The scenario `program` of this checkout: it runs any command and says what each run used. */
export async function buildProgramRunner(): Promise<string> {
  return buildScenario(join(BUNDLED_SCENARIOS, "program"));
}

/** Touches memory, says that it is ready, and stays until it is killed. */
export async function buildHold(): Promise<string> {
  return buildInternal("hold");
}

function buildInternal(name: "true" | "getpid" | "hold"): Promise<string> {
  return buildGo({
    moduleDir: BUNDLED_SCENARIOS,
    packagePath: `./internal/${name}`,
    cgo: false,
  });
}

/** A scenario's program. Its module is the nearest folder above with a go.mod. */
export async function buildScenario(dir: string): Promise<string> {
  let moduleDir = dir;
  while (!existsSync(join(moduleDir, "go.mod"))) {
    const parent = dirname(moduleDir);
    if (parent === moduleDir) {
      throw new SbxError({
        what: `The scenario in ${dir} does not build`,
        why: "Neither its folder nor one above it has a go.mod.",
        fix: "Put the folder under scenarios/, or give it a go.mod of its own.",
      });
    }
    moduleDir = parent;
  }
  const packagePath = `./${dir.slice(moduleDir.length + 1)}`;
  return buildGo({
    moduleDir,
    packagePath,
    cgo: false,
  });
}
