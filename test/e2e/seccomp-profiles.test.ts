/** Each kind of filter in each sandbox: a Go program must run under it, and be refused what it denies. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SandboxName } from "../../src/axes/sandbox.ts";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import { findTools } from "../../src/probe/tools.ts";
import type { CellRequest, SandboxDriver } from "../../src/sandbox/driver.ts";
import { makeDriver } from "../../src/sandbox/drivers.ts";
import {
  containerProfileSchema,
  convertContainerProfile,
} from "../../src/sandbox/seccomp/container-format.ts";
import { generateProfile } from "../../src/sandbox/seccomp/generated.ts";
import { lintForGvisor } from "../../src/sandbox/seccomp/gvisor-dialect.ts";
import { loadContainerDefault } from "../../src/sandbox/seccomp/load-profile.ts";
import type { OciSeccomp } from "../../src/sandbox/seccomp/oci-profile.ts";
import { recordScenario } from "../../src/sandbox/seccomp/record.ts";
import { buildGo } from "../../src/workload/go-build.ts";
import { buildHelper, buildTrue } from "../../src/workload/programs.ts";
import { makeRootfs } from "../../src/workload/rootfs.ts";

const LAUNCHES = 5;
/** Both filters deny it, the container default with EPERM, an allow-list with ENOSYS. */
const KEXEC_LOAD = "246";
const tools = await findTools();
const cgroups = detectCgroups();
const isRoot = process.getuid?.() === 0;

let dir = "";
let rootfs = "";
let launcher = "";
const profiles: Record<"default" | "generated", OciSeccomp | null> = { default: null, generated: null };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "sbx-bench-seccomp-"));
  const program = await buildGo({
    moduleDir: join(import.meta.dirname, "../fixtures/deny"),
    packagePath: ".",
    cgo: false,
  });
  [rootfs, launcher] = await Promise.all([
    buildTrue().then((trueProgram) => makeRootfs(program, trueProgram)),
    buildHelper("sbx-launch"),
  ]);
  const { syscalls } = await recordScenario({
    program: [program],
    env: {},
    cwd: dir,
    traceDir: dir,
    timeoutMs: 20_000,
  });
  profiles.default = loadContainerDefault();
  profiles.generated = generateProfile(syscalls);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function driver(sandbox: SandboxName): Promise<SandboxDriver> {
  return makeDriver(sandbox, {
    tools,
    cgroups,
    runscFlags: [],
    isRoot,
    stateDir: join(dir, "state"),
    scenarioDirOf: () => dir,
    filters: {},
    buildLauncher: async () => launcher,
    fake: { seed: "1", faults: [], metricsOf: () => [] },
  });
}

let launches = 0;

async function launch(sandbox: SandboxName, seccomp: OciSeccomp | null, variant: string) {
  const workDir = join(dir, `cell-${launches}`);
  const bindDir = join(workDir, "bind");
  mkdirSync(bindDir, { recursive: true });
  const filter = `${workDir}.json${variant.endsWith("+tree") ? "+tree" : ""}`;
  if (seccomp !== null) writeFileSync(`${workDir}.json`, JSON.stringify(seccomp));
  const request: CellRequest = {
    cellId: sandbox,
    config: {
      sandbox,
      platform: sandbox === "runsc" ? "systrap" : null,
      network: "none",
      seccomp: seccomp === null ? "none" : filter,
    },
    scenario: "deny",
    rootfs,
    env: { DENY_SYSCALL: KEXEC_LOAD },
    workDir,
    bindDir,
    binds: [],
    hostTmpfsDir: null,
    netnsPath: null,
    limits: { memoryBytes: null, pids: null, cpus: null },
  };
  const cell = await (await driver(sandbox)).prepare(request);
  launches += 1;
  const launchId = `sbx-bench-seccomp-${process.pid}-${launches}`;
  const launchable = await cell.launch({ launchId, round: 0, cgroupDirs: [] });
  if (launchable.kind !== "process") throw new Error("a real driver starts a process");
  const [command = "", ...args] = launchable.argv;
  return execa(command, args, {
    cwd: launchable.cwd,
    env: launchable.env,
    extendEnv: false,
    stdin: "ignore",
    timeout: 30_000,
    killSignal: "SIGKILL",
    reject: false,
  });
}

/** What kexec_load is answered with: the filter's errno, or in runsc always EPERM. */
const ANSWERS = {
  unshare: { default: "errno 1", generated: "errno 38" },
  bwrap: { default: "errno 1", generated: "errno 38" },
  crun: { default: "errno 1", generated: "errno 38" },
  runc: { default: "errno 1", generated: "errno 38" },
  runsc: { default: "errno 1", generated: "errno 1" },
} as const;

describe.each(["unshare", "bwrap", "crun", "runc", "runsc"] as const)("%s", (sandbox) => {
  // CI must have every tool; elsewhere setup.sh may not have been able to install one.
  const missing = tools[sandbox].path === null && !process.env.CI;

  test.skipIf(missing).each(["default", "generated"] as const)("a Go program runs under %s", async (name) => {
    for (let round = 0; round < LAUNCHES; round += 1) {
      const done = await launch(sandbox, profiles[name], name);
      expect({ stdout: done.stdout, stderr: done.stderr }).toEqual({
        stdout: ANSWERS[sandbox][name],
        stderr: "",
      });
    }
  });
});

test.each(["unshare", "bwrap"] as const)(
  "%s: the binary tree answers as the plain list does",
  async (sandbox) => {
    const done = await launch(sandbox, profiles.generated, "generated+tree");
    expect(done.stdout).toBe("errno 38");
  },
);

/** The forms that Docker, Podman and older tools write. */
test.skipIf(tools.runc.path === null && !process.env.CI).each(["unshare", "bwrap", "crun", "runc"] as const)(
  "a profile as Docker writes it is loaded by %s",
  async (sandbox) => {
    const profile = converted({
      comment: "written by hand",
      defaultAction: "SCMP_ACT_ALLOW",
      architectures: null,
      archMap: [{ architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86", "SCMP_ARCH_X32"] }],
      syscalls: [
        {
          name: "kexec_load",
          action: "SCMP_ACT_ERRNO",
          errno: "EXDEV",
          args: null,
          comment: "",
          includes: {},
        },
        { names: ["write"], action: "SCMP_ACT_KILL_PROCESS", excludes: { minKernel: "4.8" } },
        { names: ["read"], action: "SCMP_ACT_KILL_PROCESS", includes: { caps: ["CAP_SYS_ADMIN"] } },
      ],
    });
    const done = await launch(sandbox, profile, "docker");
    expect({ stdout: done.stdout, stderr: done.stderr }).toEqual({ stdout: "errno 18", stderr: "" });
  },
);

function converted(profile: object): OciSeccomp {
  return convertContainerProfile(containerProfileSchema.parse(profile), {
    capabilities: [],
    arch: "amd64",
    kernelRelease: "6.1.0",
  });
}

describe("what lintForGvisor calls fatal keeps the real runsc from starting, the rest does not", () => {
  const missing = tools.runsc.path === null && !process.env.CI;

  test
    .skipIf(missing)
    .each([
      "SCMP_ACT_KILL",
      "SCMP_ACT_TRAP",
      "SCMP_ACT_TRACE",
      "SCMP_ACT_LOG",
      "SCMP_ACT_KILL_PROCESS",
      "SCMP_ACT_KILL_THREAD",
    ])("%s", async (action) => {
    const profile = converted({
      defaultAction: "SCMP_ACT_ALLOW",
      syscalls: [{ names: ["ptrace"], action }],
    });
    const done = await launch("runsc", profile, "lint");
    expect(done.exitCode === 0).toBe(lintForGvisor(profile).fatal.length === 0);
  });
});
