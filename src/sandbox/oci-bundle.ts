/** The OCI bundle that runc and runsc run: config.json of the OCI runtime specification 1.0. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CellRequest } from "./driver.ts";
import { nofileLimit } from "./nofile-limit.ts";
import { envList, ROOTFS_PROGRAM, sandboxedEnv } from "./program-env.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";
import { MASKED_PATHS, READONLY_PATHS, SANDBOX_UID, SCRATCH_BYTES } from "./settings.ts";

export type BundleOptions = {
  seccomp: OciSeccomp | null;
  isRoot: boolean;
  /** Whether the runtime is to set the limits, in a cgroup of its own. */
  limits: boolean;
};

/** Writes config.json into `dir`; the rootfs is shared and stays where it is. */
export async function writeBundle(dir: string, request: CellRequest, options: BundleOptions): Promise<void> {
  await writeFile(join(dir, "config.json"), JSON.stringify(ociConfig(request, options), null, 1));
}

export function ociConfig(request: CellRequest, options: BundleOptions): Record<string, unknown> {
  const nofile = nofileLimit();
  const uid = options.isRoot ? SANDBOX_UID : 0;
  const tmpfs = (destination: string) => ({
    destination,
    type: "tmpfs",
    source: "tmpfs",
    options: ["nosuid", "nodev", "mode=1777", `size=${SCRATCH_BYTES}`],
  });
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: false,
      user: { uid, gid: uid },
      args: [ROOTFS_PROGRAM, ...(request.args ?? [])],
      env: envList(sandboxedEnv(request.env)),
      cwd: "/",
      capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
      rlimits: [{ type: "RLIMIT_NOFILE", soft: nofile, hard: nofile }],
      noNewPrivileges: true,
    },
    root: { path: request.rootfs, readonly: true },
    hostname: "sandbox",
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      {
        destination: "/dev",
        type: "tmpfs",
        source: "tmpfs",
        options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
      },
      tmpfs("/tmp"),
      tmpfs("/scratch"),
      {
        destination: "/bind",
        type: "bind",
        source: request.bindDir,
        options: ["bind", "rw", "nosuid", "nodev"],
      },
      ...request.binds.map(({ path, readOnly }) => ({
        destination: path,
        type: "bind",
        source: path,
        // With the mounts below it: natively they are there, too.
        options: ["rbind", readOnly ? "ro" : "rw", "nosuid", "nodev"],
      })),
    ],
    linux: {
      namespaces: [
        { type: "pid" },
        { type: "ipc" },
        { type: "uts" },
        { type: "mount" },
        ...networkNamespace(request),
      ],
      ...(options.limits ? { resources: resources(request) } : {}),
      ...(options.seccomp === null ? {} : { seccomp: options.seccomp }),
      maskedPaths: MASKED_PATHS,
      readonlyPaths: READONLY_PATHS,
    },
  };
}

function networkNamespace(request: CellRequest): { type: "network"; path?: string }[] {
  switch (request.config.network) {
    case "host":
      return [];
    case "none":
      return [{ type: "network" }];
    case "sandbox":
      return [{ type: "network", ...(request.netnsPath === null ? {} : { path: request.netnsPath }) }];
  }
}

/** OCI `linux.resources`; the period is the kernel's default of 100 ms. */
function resources(request: CellRequest): Record<string, unknown> {
  const { memoryBytes, pids, cpus } = request.limits;
  return {
    ...(memoryBytes === null ? {} : { memory: { limit: memoryBytes } }),
    ...(pids === null ? {} : { pids: { limit: pids } }),
    ...(cpus === null ? {} : { cpu: { period: 100_000, quota: Math.round(cpus * 100_000) } }),
  };
}
