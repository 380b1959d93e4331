/** Runtimes that take the OCI bundle on a command line like runc's. */
import { rmdirSync } from "node:fs";
import { join } from "node:path";
import type { StartedSandbox } from "../axes/sandbox.ts";
import { unavailable, WORKS } from "../probe/answer.ts";
import type { Cgroups } from "../probe/cgroups.ts";
import { runContained } from "../probe/contained.ts";
import { whatHappened } from "../probe/sandboxes.ts";
import type { ToolName } from "../probe/tools.ts";
import type { StartAnswer, TrialSetting } from "../probe/trial.ts";
import type { SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { type DriverSetting, filterOf, pathOf } from "./implementation.ts";
import { leftOut } from "./nofile-limit.ts";
import { writeBundle } from "./oci-bundle.ts";

export type OciRuntime = {
  name: StartedSandbox & ToolName;
  /** What has to come before it on the command line, inside the namespaces. */
  before(host: { cgroups: Pick<Cgroups, "version"> }): string[];
  /** What a launch of it differs in on this host, a sentence each. */
  warnings?(host: { cgroups: Pick<Cgroups, "version"> }): string[];
  /** Options before `run`, without the state folder. */
  options: readonly string[];
  /** Whether it makes a cgroup of its own with the limits. */
  makesCgroups: boolean;
  /** What to do about its failure, by what it said. */
  fix(stderr: string): string;
};

export function ociDriver(runtime: OciRuntime, setting: DriverSetting): SandboxDriver {
  const { isRoot, stateDir } = setting;
  const path = pathOf(runtime.name, setting.tools);
  return {
    async prepare(request) {
      await writeBundle(request.workDir, request, {
        seccomp: filterOf(request, setting),
        // No cgroupsPath: a runtime makes the container's cgroup within the launch's, so one removal ends both.
        isRoot,
        limits: isRoot && runtime.makesCgroups,
      });
      return {
        warnings: [...leftOut(isRoot), ...(runtime.warnings?.(setting) ?? [])],
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, { network: false, user: !isRoot }),
              ...runtime.before(setting),
              path,
              ...runtime.options,
              "--root",
              stateDir,
              "run",
              "--bundle",
              request.workDir,
              launch.launchId,
            ],
            env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
            cwd: request.workDir,
            ownedDirs: [join(stateDir, launch.launchId)],
          };
        },
      };
    },
  };
}

/** The trial bundle, inside the namespaces that keep a hang from staying. */
export async function tryOci(runtime: OciRuntime, setting: TrialSetting): Promise<StartAnswer> {
  const { name } = runtime;
  const { bundle, cgroups } = setting;
  const { path, reason, fix } = setting.tools[name];
  if (path === null) return unavailable(`${reason}.`, fix ?? "");
  const command = [
    path,
    ...runtime.options,
    `--root=${bundle.stateDir}`,
    "run",
    "--bundle",
    bundle.bundleDir,
  ];
  const outcome = await runContained([...runtime.before(setting), ...command, bundle.id], setting);
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  removeCgroupsOf(bundle.id, cgroups);
  return unavailable(`${name} failed: ${whatHappened(outcome, setting)}`, runtime.fix(outcome.stderr));
}

/** A killed runtime leaves the cgroups that it made for the bundle's id. */
function removeCgroupsOf(id: string, cgroups: Cgroups): void {
  for (const mountPoint of cgroups.mountPoints) {
    try {
      rmdirSync(join(mountPoint, id));
    } catch {
      // Never made, or removed by whoever made it.
    }
  }
}
