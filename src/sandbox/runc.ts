/** runc: the OCI bundle under the kernel's own namespaces and filter. */
import { join } from "node:path";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { leftOut } from "./nofile-limit.ts";
import { writeBundle } from "./oci-bundle.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";

export type RuncOptions = {
  runc: string;
  isRoot: boolean;
  /** Where runc keeps its state; within the run's scratch. */
  stateDir: string;
  seccompOf(request: CellRequest): Promise<OciSeccomp | null>;
};

export function runcDriver(options: RuncOptions): SandboxDriver {
  return {
    async prepare(request) {
      await writeBundle(request.workDir, request, {
        seccomp: await options.seccompOf(request),
        // No cgroupsPath: runc makes the container's cgroup within the launch's, so one removal ends both.
        isRoot: options.isRoot,
      });
      return {
        warnings: leftOut(options.isRoot),
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, { network: false, user: !options.isRoot }),
              options.runc,
              "--root",
              options.stateDir,
              "run",
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
