/** native: plain exec, the baseline. Nothing stands between the program and the host. */
import type { SandboxImplementation } from "./implementation.ts";
import { nativeEnv, ROOTFS_PROGRAM } from "./program-env.ts";

export const native: SandboxImplementation = {
  driver: () => ({
    async prepare(request) {
      return {
        warnings: [],
        async launch() {
          return {
            kind: "process",
            argv: [`${request.rootfs}${ROOTFS_PROGRAM}`, ...(request.args ?? [])],
            env: nativeEnv(request.env, request),
            cwd: request.workDir,
            ownedDirs: [],
          };
        },
      };
    },
  }),
  trial: null,
};
