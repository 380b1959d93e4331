/** Where the programs are that the bench needs, and which versions they have. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import { SANDBOX_TOOLS, type SandboxToolName } from "../axes/sandbox.ts";
import { cacheFolder } from "../base/cache-folder.ts";

/** Beside the programs that make the sandboxes. */
const OTHER_TOOLS = ["setpriv", "ip", "strace", "perf", "go", "chromium"] as const;
export type ToolName = SandboxToolName | (typeof OTHER_TOOLS)[number];
export const TOOL_NAMES: readonly ToolName[] = [...SANDBOX_TOOLS.map(({ name }) => name), ...OTHER_TOOLS];

export type Tool = {
  name: ToolName;
  path: string | null;
  /** `null` where it is missing, was not asked, or says nothing. */
  version: string | null;
  /** Why there is no path, and how to get the tool; both `null` when it was found. */
  reason: string | null;
  fix: string | null;
};

export type Tools = Record<ToolName, Tool>;

type Definition = {
  /** Arguments that make it print its version; `null` where the answer takes too long (chromium: 0.4 s). */
  ask: string[] | null;
  /** What to take from the answer's first line. */
  pick: RegExp;
  fix: string;
};

const DEFINITIONS = {
  ...(Object.fromEntries(SANDBOX_TOOLS.map((tool) => [tool.name, tool])) as unknown as Record<
    SandboxToolName,
    Definition
  >),
  setpriv: {
    ask: ["--version"],
    pick: /([\d.]+)\s*$/,
    fix: "Run `sbx-bench setup`, or: apt-get install util-linux",
  },
  ip: { ask: ["-V"], pick: /iproute2-([^\s,]+)/, fix: "Run `sbx-bench setup`, or: apt-get install iproute2" },
  strace: { ask: ["-V"], pick: /version (\S+)/, fix: "apt-get install strace" },
  perf: { ask: ["--version"], pick: /version (\S+)/, fix: "apt-get install linux-perf" },
  go: {
    ask: ["version"],
    pick: /go version go(\S+)/,
    fix: "Run `sbx-bench setup`: it installs the Go that is needed.",
  },
  chromium: { ask: null, pick: /(\d[\d.]+)/, fix: "apt-get install chromium" },
} satisfies Record<ToolName, Definition>;

/** Debian keeps runc and ip in sbin, which a plain user's PATH leaves out. */
const MORE_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/go/bin"];

/** Finds every tool; about 40 ms, as versions are asked in parallel. */
export async function findTools(env: NodeJS.ProcessEnv = process.env): Promise<Tools> {
  const tools = await Promise.all(
    TOOL_NAMES.map(async (name): Promise<[ToolName, Tool]> => {
      const { path, reason } = locate(name, env);
      const version = path === null ? null : await askVersion(name, path, env);
      const fix = path === null ? DEFINITIONS[name].fix : null;
      return [name, { name, path, version, reason, fix }];
    }),
  );
  return Object.fromEntries(tools) as Tools;
}

function locate(name: ToolName, env: NodeJS.ProcessEnv): { path: string | null; reason: string | null } {
  const chosen = name === "runsc" ? env.SBX_RUNSC : undefined;
  if (chosen) {
    // Launches start in other folders.
    if (isExecutable(chosen)) return { path: resolve(chosen), reason: null };
    return {
      path: null,
      reason: `the runsc that was named (runsc.path or SBX_RUNSC), ${chosen}, is not an executable file`,
    };
  }
  const own = join(cacheFolder(env), "tools", name, "current");
  const hosts = [...(env.PATH ?? "").split(delimiter), ...MORE_FOLDERS];
  // The pinned runsc goes before the distribution's; of the other tools the host's are preferred.
  const folders = name === "runsc" ? [own, ...hosts] : [...hosts, own, join(own, "bin")];
  const path = folders.map((folder) => resolve(folder, name)).find(isExecutable);
  return path === undefined ? { path: null, reason: `${name} is not installed` } : { path, reason: null };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function askVersion(name: ToolName, path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (name === "runsc") return (await askRunsc(path, env)).version;
  const { ask, pick }: Definition = DEFINITIONS[name];
  return ask === null ? null : (pick.exec(await firstLine(path, ask, env))?.[1] ?? null);
}

export type RunscAnswer = {
  isRunsc: boolean;
  /** `null` where neither the program nor its build information says. */
  version: string | null;
  /** The first line of what it answered. */
  said: string;
};

export async function askRunsc(path: string, env: NodeJS.ProcessEnv): Promise<RunscAnswer> {
  const { ask, pick } = DEFINITIONS.runsc;
  const said = await firstLine(path, ask ?? [], env);
  const found = pick.exec(said)?.[1] ?? null;
  // A runsc that was built with `go build` or `go install` has no version stamped in.
  const stamped = found === "VERSION_MISSING" ? null : found;
  const version = stamped ?? (await moduleVersion(path, env));
  return { isRunsc: /^runsc version\b/.test(said), version, said };
}

/** In a module `go` would answer for the toolchain that its go.mod names, and fetch it; wrong flags make it fail. */
const OUTSIDE_MODULES = {
  cwd: "/",
  env: { GOTOOLCHAIN: "local", GOENV: "off", GOFLAGS: "", GOEXPERIMENT: "", GOWORK: "off" },
};

async function firstLine(path: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await execa(path, args, {
    cwd: OUTSIDE_MODULES.cwd,
    env: { ...env, ...OUTSIDE_MODULES.env },
    timeout: 5000,
    killSignal: "SIGKILL",
    stdin: "ignore",
    reject: false,
  });
  return stdout?.split("\n")[0] ?? "";
}

/** The pinned module's version, from the build information in the binary. */
async function moduleVersion(path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const go = locate("go", env).path;
  if (go === null) return null;
  const { stdout } = await execa(go, ["version", "-m", path], {
    ...OUTSIDE_MODULES,
    timeout: 10_000,
    stdin: "ignore",
    reject: false,
  });
  return /^\s*mod\s+gvisor\.dev\/gvisor\s+(v\S+)/m.exec(stdout ?? "")?.[1] ?? null;
}
