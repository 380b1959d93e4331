/** runsc as an ordinary Go program: module gvisor.dev/gvisor at a version of its branch `go`. */
import { join } from "node:path";
import { execa } from "execa";
import { SbxError } from "../../base/errors.ts";
import { goEnv } from "../../base/go-env.ts";

const MODULE = "gvisor.dev/gvisor";
const ASK_LIMIT_MS = 120_000;
/** One minute on two idle cores; the first build also compiles the standard library. */
const BUILD_LIMIT_MS = 900_000;

export type ModuleVersion = {
  /** `v0.0.0-20260905035102-160fafc42237` */
  version: string;
  /** For people, where the name that was asked for is no version: how it was resolved. */
  resolved: string | null;
};

/**
 * `latest` is the head of branch `go`. A module proxy may refuse to name it; then its own idea of the latest version
 * is taken, and said. Anything else is a version, a commit or a branch, as `go install` takes it.
 *
 * @throws SbxError (exit code 4)
 */
export async function resolveModule(
  wanted: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<ModuleVersion> {
  if (wanted !== "latest") return { version: await askVersion(wanted, folder, env), resolved: null };
  try {
    return { version: await askVersion("go", folder, env), resolved: "the head of gVisor's branch go" };
  } catch (error) {
    if (!(error instanceof SbxError) || error.what.includes("reached")) throw error;
    const version = await askVersion("latest", folder, env);
    return {
      version,
      resolved: `what the module proxy calls latest, since it does not name the head of branch go (${error.why.split("\n").at(-1)?.trim()})`,
    };
  }
}

async function askVersion(query: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const asked = await go(
    ["list", "-m", "-f", "{{.Version}}", `${MODULE}@${query}`],
    folder,
    env,
    ASK_LIMIT_MS,
  );
  const version = asked.stdout.trim();
  if (asked.exitCode === 0 && version !== "") return version;
  throw await explain(`There is no version "${query}" of ${MODULE}`, asked.stderr, env);
}

/**
 * @param name stamped in, so that `runsc --version` says it
 * @returns path of the program
 * @throws SbxError (exit code 4) where it can't be fetched or does not compile
 */
export async function buildModule(
  version: string,
  name: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const stamp = `-s -w -X ${MODULE}/runsc/version.version=${name}`;
  const install = ["install", "-trimpath", "-ldflags", stamp, `${MODULE}/runsc@${version}`];
  // Without cgo, as always: linked dynamically it could not start itself in its empty root folder.
  const built = await go(install, folder, env, BUILD_LIMIT_MS);
  if (built.exitCode === 0) return join(folder, "runsc");
  throw await explain(`runsc ${version} does not build`, built.stderr, env);
}

/** The version of the module that a Go program was built from; `null` where it says none. */
export async function moduleVersionOf(
  program: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const { stdout } = await go(["version", "-m", program], folder, env, ASK_LIMIT_MS);
  return /^\s*mod\s+gvisor\.dev\/gvisor\s+(v\S+)/m.exec(stdout)?.[1] ?? null;
}

export function moduleSource(version: string): string {
  return `Go module ${MODULE}/runsc@${version}`;
}

type GoAnswer = { exitCode: number | undefined; stdout: string; stderr: string };

/** Outside any module, and in our own environment: what it installs, it installs into `folder`. */
async function go(
  args: string[],
  folder: string,
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<GoAnswer> {
  const done = await execa("go", args, {
    cwd: folder,
    env: { ...(await goEnv(env)), GOBIN: folder },
    extendEnv: false,
    timeout,
    stdin: "ignore",
    reject: false,
  });
  if (done.code === "ENOENT") {
    throw new SbxError({
      what: "Go is missing",
      why: "runsc is built from its Go module; `go` was not found.",
      fix: "Run `sbx-bench setup`, or install Go 1.26 or newer.",
      exitCode: 4,
    });
  }
  return {
    exitCode: done.exitCode,
    stdout: done.stdout ?? "",
    stderr: done.stderr || done.shortMessage || "",
  };
}

const UNREACHABLE =
  /connection refused|no such host|network is unreachable|i\/o timeout|timed out|proxyconnect|certificate|GOPROXY=off|no route to host/i;

async function explain(what: string, stderr: string, env: NodeJS.ProcessEnv): Promise<SbxError> {
  const lines = stderr
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("go: downloading"));
  const why = lines.slice(-6).join("\n").slice(-1500) || "go gave no reason";
  const proxy = (await goEnv(env)).GOPROXY ?? "go's default";
  return UNREACHABLE.test(stderr)
    ? new SbxError({
        what: "The Go module proxy cannot be reached",
        why,
        fix: `Check the network and GOPROXY (${proxy}), then try again.`,
        exitCode: 4,
      })
    : new SbxError({
        what,
        why,
        fix: "Give `latest`, a pseudo-version (v0.0.0-20260905035102-160fafc42237) or a commit of gVisor's branch go; release tags are not on that branch.",
        exitCode: 4,
      });
}
