/** unshare: namespaces by unshare(1), everything else by the launcher, then exec. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isTree } from "../axes/seccomp.ts";
import { tryNamespaces } from "../probe/sandboxes.ts";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { type DriverSetting, filterOf, type SandboxImplementation } from "./implementation.ts";
import { leftOut, nofileLimit } from "./nofile-limit.ts";
import { envList, ROOTFS_PROGRAM, sandboxedEnv } from "./program-env.ts";
import { SANDBOX_UID, SCRATCH_BYTES } from "./settings.ts";

export const unshare: SandboxImplementation = {
  driver: async (setting) => unshareDriver(await setting.buildLauncher(), setting),
  // Its namespaces are what every launch stands on.
  trial: { start: tryNamespaces },
};

/** @param launcher path of the built `sbx-launch` */
function unshareDriver(launcher: string, setting: DriverSetting): SandboxDriver {
  const { isRoot } = setting;
  return {
    async prepare(request) {
      const configFile = join(request.workDir, "launch.json");
      await writeFile(configFile, JSON.stringify(launcherConfig(request, setting)));
      return {
        warnings: leftOut(isRoot),
        async launch(launch) {
          return {
            kind: "process",
            argv: [
              ...envelope(launch.cgroupDirs, {
                network: request.config.network === "none",
                user: !isRoot,
              }),
              launcher,
              configFile,
              "--",
              ROOTFS_PROGRAM,
              ...(request.args ?? []),
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

function launcherConfig(request: CellRequest, setting: DriverSetting): unknown {
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
    seccomp: filterOf(request, setting),
    seccompOptimize: isTree(request.config.seccomp) ? "binary-tree" : "plain",
    env: envList(sandboxedEnv(request.env)),
    cwd: "/",
    uid: setting.isRoot ? SANDBOX_UID : null,
    gid: setting.isRoot ? SANDBOX_UID : null,
  };
}
