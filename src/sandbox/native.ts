/** native: plain exec, the baseline. Nothing stands between the program and the host. */

import type { SandboxDriver } from "./driver.ts";
import { nativeEnv, ROOTFS_PROGRAM } from "./program-env.ts";

export function nativeDriver(): SandboxDriver {
  return {
    async prepare(request) {
      return {
        warnings: [],
        async launch() {
          return {
            kind: "process",
            argv: [`${request.rootfs}${ROOTFS_PROGRAM}`],
            env: nativeEnv(request.env, request),
            cwd: request.workDir,
            ownedDirs: [],
          };
        },
      };
    },
  };
}
