/** unshare: namespaces by unshare(1), everything else by the launcher, then exec. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { leftOut, nofileLimit } from "./nofile-limit.ts";
import { envList, ROOTFS_PROGRAM, sandboxedEnv } from "./program-env.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";
import { SANDBOX_UID, SCRATCH_BYTES } from "./settings.ts";

export type UnshareOptions = {
  /** Path of the built `sbx-launch`. */
  launcher: string;
  isRoot: boolean;
  /** The filter of a cell, null for none. */
  seccompOf(request: CellRequest): Promise<OciSeccomp | null>;
};

export function unshareDriver(options: UnshareOptions): SandboxDriver {
  return {
    async prepare(request) {
      const configFile = join(request.workDir, "launch.json");
      await writeFile(configFile, JSON.stringify(await launcherConfig(request, options)));
      return {
        warnings: leftOut(options.isRoot),
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, {
                network: request.config.network === "none",
                user: !options.isRoot,
              }),
              options.launcher,
              configFile,
              "--",
              ROOTFS_PROGRAM,
            ],
            // Of unshare and setpriv; the launcher gives the program its own.
            env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
            cwd: request.workDir,
            ownedDirs: [],
          };
        },
      };
    },
  };
}

async function launcherConfig(request: CellRequest, options: UnshareOptions): Promise<unknown> {
  const nofile = nofileLimit();
  const tmpfs = { type: "tmpfs", source: "tmpfs", readonly: false, sizeBytes: SCRATCH_BYTES };
  return {
    rootfs: request.rootfs,
    readonlyRoot: true,
    hostname: "sandbox",
    netns: request.config.network === "sandbox" ? request.netnsPath : null,
    loopbackUp: request.config.network === "none",
    mounts: [
      { ...tmpfs, destination: "/tmp" },
      { ...tmpfs, destination: "/scratch" },
      { type: "bind", source: request.bindDir, destination: "/bind", readonly: false, sizeBytes: null },
      ...request.binds.map(({ path, readOnly }) => ({
        type: "bind",
        source: path,
        destination: path,
        readonly: readOnly,
        sizeBytes: null,
      })),
    ],
    rlimits: [{ type: "RLIMIT_NOFILE", soft: nofile, hard: nofile }],
    capabilities: [],
    noNewPrivileges: true,
    seccomp: await options.seccompOf(request),
    seccompOptimize: request.config.seccomp.endsWith("+tree") ? "binary-tree" : "plain",
    env: envList(sandboxedEnv(request.env)),
    cwd: "/",
    uid: options.isRoot ? SANDBOX_UID : null,
    gid: options.isRoot ? SANDBOX_UID : null,
  };
}
