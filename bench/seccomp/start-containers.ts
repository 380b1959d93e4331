/** Really starts an empty Go program under a profile, in each OCI runtime of this host. */
import { copyFileSync, globSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { OciSeccomp } from "../../src/sandbox/seccomp/oci-profile.ts";

const LIMIT_MS = 15_000;
const HIDE_CGROUPS = 'mount -t tmpfs tmpfs /sys/fs/cgroup && exec "$@"';

/** How each is called; crun 1.8 does not start beside cgroups of both versions. */
const RUNTIMES: Record<string, (binary: string, root: string) => string[]> = {
  runc: (binary, root) => [binary, "--root", root],
  crun: (binary, root) => [
    "sh",
    "-c",
    HIDE_CGROUPS,
    "sh",
    binary,
    "--cgroup-manager=disabled",
    "--root",
    root,
  ],
  runsc: (binary, root) => [
    ...[binary, "--root", root, "--platform=systrap", "--network=none", "--ignore-cgroups", "--oci-seccomp"],
  ],
};
export const RUNTIME_NAMES: readonly string[] = Object.keys(RUNTIMES);

let started = 0;

/** @param program static Go program; @returns whether it ran to its end */
export async function starts(
  runtime: string,
  binary: string,
  profile: OciSeccomp,
  { program, dir }: { program: string; dir: string },
): Promise<{ ok: boolean; how: string }> {
  const bundle = join(dir, `bundle-${started++}`);
  for (const folder of ["rootfs/proc", "rootfs/dev", "rootfs/sys"])
    mkdirSync(join(bundle, folder), { recursive: true });
  copyFileSync(program, join(bundle, "rootfs", "program"));
  writeFileSync(join(bundle, "config.json"), JSON.stringify(ociConfig(profile)));
  const id = `sbx-bench-lint-${process.pid}-${started}`;
  const root = join(dir, `state-${started}`);
  const command = RUNTIMES[runtime]?.(binary, root) ?? [];
  // A killed unshare takes the whole tree along.
  const done = await execa(
    "unshare",
    [
      "--mount",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
      "--net",
      ...command,
      "run",
      "--bundle",
      bundle,
      id,
    ],
    { reject: false, timeout: LIMIT_MS, killSignal: "SIGKILL", stdin: "ignore" },
  );
  removeCgroups(id);
  const ok = done.exitCode === 0;
  return {
    ok,
    how: ok
      ? "ran"
      : done.timedOut
        ? "hung"
        : (done.stderr.trim().split("\n").at(-1) ?? "").slice(0, 120) || `exit ${done.exitCode}`,
  };
}

/** runc leaves its cgroups behind where the start fails. */
function removeCgroups(id: string): void {
  for (const dir of globSync(`/sys/fs/cgroup/{*,*/*,*/*/*,*/*/*/*}/${id}`)) rmdirSync(dir);
}

function ociConfig(seccomp: OciSeccomp): unknown {
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      args: ["/program"],
      env: ["PATH=/"],
      cwd: "/",
      noNewPrivileges: true,
    },
    root: { path: "rootfs", readonly: true },
    hostname: "sandbox",
    mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
    linux: { namespaces: ["pid", "ipc", "uts", "mount"].map((type) => ({ type })), seccomp },
  };
}
