import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { SandboxName } from "../../src/axes/sandbox.ts";
import type { Tools } from "../../src/probe/tools.ts";
import type { ProcessLaunch } from "../../src/sandbox/driver.ts";
import { makeDriver } from "../../src/sandbox/drivers.ts";
import type { DriverSetting } from "../../src/sandbox/implementation.ts";
import { fakeProgram } from "../probe/fake-host.ts";
import { cellRequest, LAUNCH } from "./requests.ts";

const workDir = mkdtempSync(join(tmpdir(), "sbx-drivers-"));
afterAll(() => rmSync(workDir, { recursive: true }));

const tool = (path: string | null) => ({
  path,
  version: null,
  reason: path === null ? "not installed" : null,
});
const TOOLS = {
  runc: tool("/bin/runc"),
  runsc: tool("/bin/runsc"),
  crun: tool("/bin/crun"),
  bwrap: tool("/bin/bwrap"),
} as unknown as Tools;

async function prepare(
  config: Partial<Configuration> & { sandbox: SandboxName },
  isRoot = true,
  tools = TOOLS,
  more: Partial<DriverSetting> = {},
) {
  const driver = await makeDriver(config.sandbox, {
    tools,
    cgroups: { version: "v2" },
    runscFlags: ["--debug"],
    isRoot,
    stateDir: "/scratch/state",
    scenarioDirOf: () => "/nowhere",
    filters: {},
    buildLauncher: async () => "/cache/sbx-launch",
    fake: { seed: "1", faults: [], metricsOf: () => [] },
    ...more,
  });
  return driver.prepare(
    cellRequest(config, { workDir, netnsPath: "/scratch/netns-sandbox", args: ["one", "two"] }),
  );
}

async function argv(
  config: Partial<Configuration> & { sandbox: SandboxName },
  isRoot = true,
  more: Partial<DriverSetting> = {},
): Promise<string[]> {
  const prepared = await prepare(config, isRoot, TOOLS, more);
  const launch = isRoot ? LAUNCH : { ...LAUNCH, cgroupDirs: [] };
  return ((await prepared.launch(launch)) as ProcessLaunch).argv;
}

describe("the environment of the program", () => {
  const namesOf = (pairs: string[]) => pairs.map((pair) => pair.split("=")[0]).sort();

  test("has the same names in every sandbox, and nothing of the caller's", async () => {
    vi.stubEnv("GODEBUG", "gctrace=1");
    vi.stubEnv("LD_PRELOAD", "");
    const native = (await (await prepare({ sandbox: "native" })).launch(LAUNCH)) as ProcessLaunch;
    await prepare({ sandbox: "unshare" });
    const unshare = JSON.parse(readFileSync(join(workDir, "launch.json"), "utf8")) as { env: string[] };
    const names = Object.keys(native.env).sort();
    expect(namesOf(unshare.env)).toEqual(names);
    for (const sandbox of ["runc", "runsc"] as const) {
      await prepare({ sandbox });
      const bundle = JSON.parse(readFileSync(join(workDir, "config.json"), "utf8"));
      expect(bundle.process.env).toEqual(unshare.env);
    }
    expect(names.join()).toBe("HOME,PATH,SBX_DIR_BIND,SBX_DIR_ROOT,SBX_DIR_TMPFS,SBX_PARAMS,SBX_TRUE");
    vi.unstubAllEnvs();
  });

  test("what starts a sandbox gets the caller's PATH only", async () => {
    for (const sandbox of ["unshare", "runc", "runsc"] as const) {
      const launch = (await (await prepare({ sandbox })).launch(LAUNCH)) as ProcessLaunch;
      expect(launch.env).toEqual({ PATH: process.env.PATH });
    }
  });
});

test("native is the plain program", async () => {
  expect(await argv({ sandbox: "native", network: "host" })).toEqual([
    "/cache/rootfs/scenario",
    "one",
    "two",
  ]);
});

test.each(["unshare", "bwrap", "crun", "runc", "runsc"] as const)(
  "%s gives the program its arguments",
  async (sandbox) => {
    const command = await argv({ sandbox });
    const bundled = () => JSON.parse(readFileSync(join(workDir, "config.json"), "utf8")).process.args;
    const isOnCommandLine = sandbox === "unshare" || sandbox === "bwrap";
    expect(isOnCommandLine ? command.slice(-3) : bundled()).toEqual(["/scenario", "one", "two"]);
  },
);

describe.each(["unshare", "crun", "runc", "runsc"] as const)("%s", (sandbox) => {
  test("joins its cgroups first, dies with the harness, and kills what it started", async () => {
    const command = (await argv({ sandbox })).join(" ");
    expect(command).toMatch(/^\/bin\/sh -c echo 0 > '.*memory.*' && echo 0 > '.*pids.*' && exec "\$@"/);
    expect(command).toContain("setpriv --pdeathsig KILL -- unshare");
    expect(command).toContain("--kill-child=SIGKILL");
    expect(command).toContain("--mount-proc");
  });

  test("as root makes no user namespace, as a plain user one that maps it to root", async () => {
    expect(await argv({ sandbox })).not.toContain("--user");
    expect(await argv({ sandbox }, false)).toContain("--map-root-user");
  });

  test("as a plain user says what it had to leave out", async () => {
    expect((await prepare({ sandbox }, false)).warnings.join()).toMatch(/no memory, pids or CPU limit/);
    expect((await prepare({ sandbox })).warnings).toEqual([]);
  });
});

describe("unshare", () => {
  const config = () => JSON.parse(readFileSync(join(workDir, "launch.json"), "utf8"));

  test("makes an empty network itself, joins the wire's in the launcher, and none for the host's", async () => {
    expect(await argv({ sandbox: "unshare", network: "none" })).toContain("--net");
    expect(config()).toMatchObject({ netns: null, loopbackUp: true });
    expect(await argv({ sandbox: "unshare", network: "sandbox" })).not.toContain("--net");
    expect(config()).toMatchObject({ netns: "/scratch/netns-sandbox", loopbackUp: false });
    expect(await argv({ sandbox: "unshare", network: "host" })).not.toContain("--net");
    expect(config()).toMatchObject({ netns: null, loopbackUp: false });
  });

  test("builds the filter as a tree only where that was asked for", async () => {
    await prepare({ sandbox: "unshare", seccomp: "default+tree" });
    expect(config()).toMatchObject({
      seccompOptimize: "binary-tree",
      noNewPrivileges: true,
      capabilities: [],
    });
    await prepare({ sandbox: "unshare", seccomp: "default" });
    expect(config().seccompOptimize).toBe("plain");
  });
});

describe("bwrap", () => {
  const has = async (values: Partial<Configuration>, ...words: string[]) =>
    (await argv({ sandbox: "bwrap", ...values })).join(" ").includes(words.join(" "));

  test("joins its cgroups and limits open files in one shell, and dies with the harness", async () => {
    const [shell, option, script, ...rest] = await argv({ sandbox: "bwrap" });
    expect([shell, option]).toEqual(["/bin/sh", "-c"]);
    expect(script).toMatch(/^echo 0 > '.*memory.*' && echo 0 > '.*pids.*' && ulimit -n \d+ && exec "\$@"$/);
    expect(rest.join(" ")).toMatch(/^join-cgroups setpriv --pdeathsig KILL -- \/bin\/bwrap --unshare-user /);
    expect(rest).toContain("--die-with-parent");
  });

  test("is another user where root starts it, and root of its own namespace elsewhere", async () => {
    expect(await has({}, "--uid", "65534", "--gid", "65534")).toBe(true);
    expect((await argv({ sandbox: "bwrap" }, false)).join(" ")).toContain("--uid 0 --gid 0");
  });

  test("makes an empty network, joins the wire's before it starts, and leaves the host's", async () => {
    expect(await has({ network: "none" }, "--unshare-net")).toBe(true);
    expect(
      await has({ network: "sandbox" }, "nsenter", "--net=/scratch/netns-sandbox", "--", "/bin/bwrap"),
    ).toBe(true);
    expect(await has({ network: "sandbox" }, "--unshare-net")).toBe(false);
    expect(await has({ network: "host" }, "--unshare-net")).toBe(false);
    expect(await has({ network: "host" }, "nsenter")).toBe(false);
  });

  test("keeps the host's root from what it may write below /proc without any capability", async () => {
    expect(await has({}, "--ro-bind", "/proc/sys", "/proc/sys")).toBe(true);
  });

  test("has tmpfs of the same size as the others", async () => {
    expect(await has({}, "--size", "268435456", "--tmpfs", "/scratch")).toBe(true);
  });

  const compiles = (body: string) => ({ buildLauncher: async () => fakeProgram("sbx-launch", body) });

  test("gets its filter compiled, by a descriptor", async () => {
    const profile = join(workDir, "profile.json");
    writeFileSync(profile, JSON.stringify({ defaultAction: "SCMP_ACT_ALLOW", syscalls: [] }));
    const words = await argv(
      { sandbox: "bwrap", seccomp: `${profile}+tree` },
      true,
      compiles('cp "$2" "$3" && [ "$1" = --bpf ]'),
    );
    expect(words[2]).toContain("exec 9<filter.bpf && exec");
    expect(words.join(" ")).toContain("--seccomp 9 -- /scenario");
    expect(JSON.parse(readFileSync(join(workDir, "filter.bpf"), "utf8"))).toMatchObject({
      seccomp: { defaultAction: "SCMP_ACT_ALLOW" },
      seccompOptimize: "binary-tree",
    });
  });

  test("that gets no filter says why, and is not started without", async () => {
    const profile = join(workDir, "profile.json");
    writeFileSync(profile, JSON.stringify({ defaultAction: "SCMP_ACT_ALLOW", syscalls: [] }));
    const failing = compiles("echo 'sbx-launch: seccomp: no' >&2; exit 125");
    await expect(argv({ sandbox: "bwrap", seccomp: profile }, true, failing)).rejects.toMatchObject({
      why: "sbx-launch: seccomp: no",
      exitCode: 4,
    });
  });
});

describe("crun", () => {
  test("makes no cgroup: the launch's holds the limits", async () => {
    expect(await argv({ sandbox: "crun" })).toContain("--cgroup-manager=disabled");
    expect(JSON.parse(readFileSync(join(workDir, "config.json"), "utf8")).linux.resources).toBeUndefined();
  });

  test("does not see cgroups of both versions at once, and says what that takes", async () => {
    const hybrid = { cgroups: { version: "hybrid" as const } };
    expect((await argv({ sandbox: "crun" }, true, hybrid)).join(" ")).toContain(
      'mount -t tmpfs tmpfs /sys/fs/cgroup && exec "$@" hide-cgroups /bin/crun',
    );
    expect((await prepare({ sandbox: "crun" }, true, TOOLS, hybrid)).warnings).toEqual([
      expect.stringMatching(/^crun refuses hosts with cgroups of both versions/),
    ]);
    expect(await argv({ sandbox: "crun" })).not.toContain("hide-cgroups");
  });
});

describe("runsc", () => {
  test("is told platform and network, and then the configuration's flags", async () => {
    const command = await argv({ sandbox: "runsc", platform: "systrap", network: "none" });
    expect(command).toEqual(
      expect.arrayContaining(["--platform=systrap", "--network=none", "--debug", "run"]),
    );
    expect(command.indexOf("--debug")).toBeLessThan(command.indexOf("run"));
  });

  test("is told to use a filter only where there is one", async () => {
    expect(await argv({ sandbox: "runsc", platform: "systrap", seccomp: "default" })).toContain(
      "--oci-seccomp",
    );
    expect(await argv({ sandbox: "runsc", platform: "systrap" })).not.toContain("--oci-seccomp");
  });
});

test("a missing runtime is an error of the environment", async () => {
  const tools = { ...TOOLS, runsc: tool(null) } as unknown as Tools;
  await expect(prepare({ sandbox: "runsc", platform: "systrap" }, true, tools)).rejects.toMatchObject({
    what: "runsc is missing",
    exitCode: 4,
  });
});

test("a filter that was never recorded is an error that names the command", async () => {
  await expect(prepare({ sandbox: "runc", seccomp: "generated" })).rejects.toMatchObject({
    fix: expect.stringContaining("sbx-bench seccomp generate"),
  });
});
