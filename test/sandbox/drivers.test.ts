import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { SandboxName } from "../../src/axes/sandbox.ts";
import type { Tools } from "../../src/probe/tools.ts";
import type { ProcessLaunch } from "../../src/sandbox/driver.ts";
import { makeDriver } from "../../src/sandbox/drivers.ts";
import { cellRequest, LAUNCH } from "./requests.ts";

const workDir = mkdtempSync(join(tmpdir(), "sbx-drivers-"));
afterAll(() => rmSync(workDir, { recursive: true }));

const tool = (path: string | null) => ({
  path,
  version: null,
  reason: path === null ? "not installed" : null,
});
const TOOLS = { runc: tool("/bin/runc"), runsc: tool("/bin/runsc") } as unknown as Tools;

async function prepare(
  config: Partial<Configuration> & { sandbox: SandboxName },
  isRoot = true,
  tools = TOOLS,
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
  });
  return driver.prepare(cellRequest(config, { workDir, netnsPath: "/scratch/netns-sandbox" }));
}

async function argv(
  config: Partial<Configuration> & { sandbox: SandboxName },
  isRoot = true,
): Promise<string[]> {
  const prepared = await prepare(config, isRoot);
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
  expect(await argv({ sandbox: "native", network: "host" })).toEqual(["/cache/rootfs/scenario"]);
});

describe.each(["unshare", "runc", "runsc"] as const)("%s", (sandbox) => {
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
    fix: expect.stringContaining("sbx-bench seccomp record"),
  });
});
