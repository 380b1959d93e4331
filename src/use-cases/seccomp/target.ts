/** What `seccomp generate` and `explain` are given: a scenario, a binary, a package. */

import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { environment } from "../../base/environment.ts";
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { findProgram } from "../../profile/locate-command.ts";
import { buildPackage } from "../../seccomp/program/build-package.ts";
import { listScenarios, loadScenarios, type Scenario } from "../../workload/catalogue.ts";
import { BUNDLED_SCENARIOS, buildScenario } from "../../workload/programs.ts";

export type Target = {
  /** Short name for outputs. */
  name: string;
  /** Path of the binary. */
  program: string;
  /** `null` where it is none. */
  scenario: Scenario | null;
  /** Removes what was built for this. */
  release(): void;
};

/**
 * A name is a scenario first, then a file, a folder (a package), and a command in PATH.
 *
 * @param given as typed
 * @throws SbxError (exit code 2) where there is none of that name, (4) where the package does not compile
 */
export async function findTarget(given: string, config: ResolvedConfig, abort: AbortSignal): Promise<Target> {
  const scenarios = [
    ...(await listScenarios(BUNDLED_SCENARIOS)),
    ...(await listScenarios(config.scenarioDir)),
  ];
  if (scenarios.includes(given)) return scenarioTarget(given, config);
  const found = statSync(given, { throwIfNoEntry: false });
  if (found?.isFile())
    return { name: basename(given), program: resolve(given), scenario: null, release() {} };
  if (found?.isDirectory()) return { ...(await buildPackage(given, abort)), scenario: null };
  const command = given.includes("/") || given === "" ? null : findProgram(given, environment().PATH ?? "");
  if (command !== null) return { name: given, program: command, scenario: null, release() {} };
  throw new SbxError({
    what: `There is no ${given === "" ? "program without a name" : given}`,
    why: `It is no scenario, no file, no folder and no command in PATH.${didYouMean(given, scenarios)}`,
    fix: `Name a Go program, the folder of a package, or a scenario: ${[...new Set(scenarios)].join(", ")}.`,
  });
}

async function scenarioTarget(name: string, config: ResolvedConfig): Promise<Target> {
  const uses = [{ use: name, as: name, params: {} }];
  const [scenario] = await loadScenarios({ ...config, scenarios: uses, preset: "quick" });
  if (scenario === undefined) throw new Error(`the catalogue lists ${name} and does not load it`);
  if (scenario.definition.hostPrograms === true) {
    throw new SbxError({
      what: `No filter can be generated for the scenario "${name}"`,
      why: "It runs any program, and another one makes other system calls.",
      fix: "Name the program itself: sbx-bench seccomp generate PROGRAM -- ARGUMENTS",
    });
  }
  return { name, program: await buildScenario(scenario.dir), scenario, release() {} };
}
