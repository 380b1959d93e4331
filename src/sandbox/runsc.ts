/** runsc: the same OCI bundle under gVisor, itself started inside unshare namespaces. */
import { join } from "node:path";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { leftOut } from "./nofile-limit.ts";
import { writeBundle } from "./oci-bundle.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";

export type RunscOptions = {
  runsc: string;
  /** Further global flags, from the configuration. */
  flags: readonly string[];
  isRoot: boolean;
  /** Where runsc keeps its state; within the run's scratch. */
  stateDir: string;
  seccompOf(request: CellRequest): Promise<OciSeccomp | null>;
};

export function runscDriver(options: RunscOptions): SandboxDriver {
  return {
    async prepare(request) {
      const seccomp = await options.seccompOf(request);
      await writeBundle(request.workDir, request, { seccomp, isRoot: options.isRoot });
      const command = [options.runsc, ...globalFlags(request, options, seccomp !== null), "run"];
      return {
        warnings: leftOut(options.isRoot),
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, { network: false, user: !options.isRoot }),
              ...command,
              "--bundle",
              request.workDir,
              launch.launchId,
            ],
            env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
            cwd: request.workDir,
            ownedDirs: [join(options.stateDir, launch.launchId)],
          };
        },
      };
    },
  };
}

function globalFlags(request: CellRequest, options: RunscOptions, filtered: boolean): string[] {
  return [
    `--root=${options.stateDir}`,
    `--platform=${request.config.platform}`,
    `--network=${request.config.network}`,
    // The launch's cgroup already holds Sentry and gofer; runsc would only make more of them.
    "--ignore-cgroups",
    // Without it runsc ignores the profile and only logs a warning (runsc/config/flags.go).
    ...(filtered ? ["--oci-seccomp"] : []),
    ...options.flags,
  ];
}
