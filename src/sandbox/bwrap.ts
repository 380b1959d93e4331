/** bwrap: bubblewrap makes the namespaces and mounts; the shell around it joins cgroups, limits and opens the filter. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { isTree } from "../axes/seccomp.ts";
import { SbxError } from "../base/errors.ts";
import { OWN_SESSION } from "../base/own-session.ts";
import { unavailable, WORKS } from "../probe/answer.ts";
import { runContained } from "../probe/contained.ts";
import { whatHappened } from "../probe/sandboxes.ts";
import type { StartAnswer, TrialSetting } from "../probe/trial.ts";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { envelope } from "./envelope.ts";
import { type DriverSetting, filterOf, pathOf, type SandboxImplementation } from "./implementation.ts";
import { leftOut, nofileLimit } from "./nofile-limit.ts";
import { ROOTFS_PROGRAM, sandboxedEnv } from "./program-env.ts";
import { MASKED_PATHS, READONLY_PATHS, SANDBOX_UID, SCRATCH_BYTES } from "./settings.ts";

/** dash knows descriptors of one digit. */
const FILTER_FD = 9;
const FILTER_FILE = "filter.bpf";
const COMPILE_LIMIT_MS = 10_000;

export const bwrap: SandboxImplementation = { driver: bwrapDriver, trial: { start: tryBwrap } };

function bwrapDriver(setting: DriverSetting): SandboxDriver {
  const path = pathOf("bwrap", setting.tools);
  return {
    async prepare(request) {
      const hasFilter = await writeFilter(request, setting);
      return {
        warnings: leftOut(setting.isRoot),
        async launch({ cgroupDirs }) {
          const prelude = [
            `ulimit -n ${nofileLimit()}`,
            // A path from the folder that the launch starts in.
            ...(hasFilter ? [`exec ${FILTER_FD}<${FILTER_FILE}`] : []),
          ];
          return {
            kind: "process",
            argv: [
              ...envelope(cgroupDirs, null, prelude),
              ...joinNetwork(request),
              path,
              ...bwrapOptions(request, setting.isRoot),
              ...(hasFilter ? ["--seccomp", String(FILTER_FD)] : []),
              "--",
              ROOTFS_PROGRAM,
              ...(request.args ?? []),
            ],
            env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
            cwd: request.workDir,
            ownedDirs: [],
          };
        },
      };
    },
  };
}

/** bwrap knows the caller's network and an empty one; another is entered before it. */
function joinNetwork({ config, netnsPath }: CellRequest): string[] {
  return config.network === "sandbox" && netnsPath !== null ? ["nsenter", `--net=${netnsPath}`, "--"] : [];
}

function bwrapOptions(request: CellRequest, isRoot: boolean): string[] {
  // bwrap changes its user only through a user namespace: outside, this is the caller.
  const uid = String(isRoot ? SANDBOX_UID : 0);
  const tmpfs = (path: string) => ["--perms", "1777", "--size", String(SCRATCH_BYTES), "--tmpfs", path];
  const env = Object.entries(sandboxedEnv(request.env));
  return [
    ...ISOLATION,
    ...["--uid", uid, "--gid", uid],
    ...(request.config.network === "none" ? ["--unshare-net"] : []),
    ...["--hostname", "sandbox"],
    ...root(request.rootfs),
    ...tmpfs("/tmp"),
    ...tmpfs("/scratch"),
    ...["--bind", request.bindDir, "/bind"],
    ...request.binds.flatMap(({ path, readOnly }) => [readOnly ? "--ro-bind" : "--bind", path, path]),
    "--clearenv",
    ...env.flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--chdir", "/"],
  ];
}

/** The program as pid 1 as in the other sandboxes, without bwrap's own process in that place; no_new_privs is always set. */
const ISOLATION = [
  ...["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"],
  ...["--as-pid-1", "--new-session", "--die-with-parent", "--cap-drop", "ALL"],
];

/**
 * The host's root outside a user namespace may write below /proc/sys without any capability (fs/proc/proc_sysctl.c),
 * and bwrap covers only what it may write itself.
 */
function root(rootfs: string): string[] {
  return [
    ...["--ro-bind", rootfs, "/", "--proc", "/proc", "--dev", "/dev"],
    ...READONLY_PATHS.filter(existsSync).flatMap((path) => ["--ro-bind", path, path]),
    ...MASKED_PATHS.filter(existsSync).flatMap((path) => ["--ro-bind", "/dev/null", path]),
  ];
}

/** @returns false without a filter. @throws SbxError when it can't be compiled */
async function writeFilter(request: CellRequest, setting: DriverSetting): Promise<boolean> {
  const seccomp = filterOf(request, setting);
  if (seccomp === null) return false;
  const configFile = join(request.workDir, "filter.json");
  const seccompOptimize = isTree(request.config.seccomp) ? "binary-tree" : "plain";
  await writeFile(configFile, JSON.stringify({ seccomp, seccompOptimize }));
  const launcher = await setting.buildLauncher();
  const done = await execa(launcher, ["--bpf", configFile, join(request.workDir, FILTER_FILE)], {
    reject: false,
    timeout: COMPILE_LIMIT_MS,
    stdin: "ignore",
    ...OWN_SESSION,
  });
  if (done.exitCode === 0) return true;
  throw new SbxError({
    what: `The filter ${request.config.seccomp} can't be compiled for bwrap`,
    why: done.stderr.trim() || done.shortMessage || "sbx-launch failed",
    fix: "Correct the profile, or leave bwrap out for it.",
    exitCode: 4,
  });
}

async function tryBwrap(setting: TrialSetting): Promise<StartAnswer> {
  const { path, reason, fix } = setting.tools.bwrap;
  if (path === null) return unavailable(`${reason}.`, fix ?? "");
  const rootfs = join(setting.bundle.bundleDir, "rootfs");
  const outcome = await runContained([path, ...ISOLATION, ...root(rootfs), "--", "/true"], setting);
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  return unavailable(
    `bwrap failed: ${whatHappened(outcome, setting)}`,
    "Allow user namespaces, which bwrap always makes here: sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone.",
  );
}
