/**
 * The environment that `go` builds in: ours, whatever the user's shell, `go env -w` and `go.work` say. A build is
 * kept for ever, and is compared with builds of other users.
 */
import { homedir } from "node:os";
import { execa } from "execa";

/** Where things are, and the way to the network. */
const PASSED = [
  ...["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC"],
  // Modules of a private repository are fetched by git.
  ...[
    "SSH_AUTH_SOCK",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_CONFIG_GLOBAL",
    "GIT_TERMINAL_PROMPT",
  ],
];

/** How modules are fetched and where they are kept: they change whether a build is possible, never what comes of it. */
const FETCHING = [
  ...["GOPROXY", "GOSUMDB", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS", "GOAUTH"],
  ...["GOPATH", "GOMODCACHE", "GOCACHE"],
];

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Record<string, string>>> = {
  x64: { GOARCH: "amd64", GOAMD64: "v1" },
  arm64: { GOARCH: "arm64", GOARM64: "v8.0" },
};

/** What a program is built for. @param cgo with C, for a program that links a C library */
export function goTarget(cgo: boolean): Record<string, string> {
  return {
    GOOS: "linux",
    ...(ARCHITECTURES[process.arch] ?? { GOARCH: process.arch }),
    CGO_ENABLED: cgo ? "1" : "0",
  };
}

/**
 * The whole environment for `go`, to be given without the caller's own (`extendEnv: false`). Fetching is as
 * `go env` resolves it, so that a proxy of `go env -w` is used.
 *
 * @param env of the caller; a GOBIN in it is not taken over
 */
export async function goEnv(
  env: NodeJS.ProcessEnv,
  settings: { cgo: boolean } = { cgo: false },
): Promise<Record<string, string>> {
  const base = { HOME: homedir(), ...picked(env, PASSED) };
  return {
    ...base,
    ...(await fetching(env, base)),
    ...goTarget(settings.cgo),
    GOENV: "off",
    GOWORK: "off",
    GOFLAGS: "",
    GO111MODULE: "on",
    // A module that needs a newer Go than the host's names it in its go.mod, and nothing else chooses one.
    GOTOOLCHAIN: "auto",
    LC_ALL: "C",
  };
}

const answers = new Map<string, Promise<Record<string, string>>>();

function fetching(env: NodeJS.ProcessEnv, base: Record<string, string>): Promise<Record<string, string>> {
  const key = JSON.stringify([base, picked(env, [...FETCHING, "GOENV", "GOROOT"])]);
  const answer = answers.get(key) ?? askFetching(env, base);
  answers.set(key, answer);
  return answer;
}

/**
 * Empty where there is no Go: the build that follows says so. The caller's GOROOT counts only for a `go` that does not
 * find its own, as one that stands alone; any other would take the standard library of another version.
 */
async function askFetching(
  env: NodeJS.ProcessEnv,
  base: Record<string, string>,
): Promise<Record<string, string>> {
  const asked = [...new Set([undefined, env.GOROOT])].map(
    (goRoot): Record<string, string> => (goRoot ? { GOROOT: goRoot } : {}),
  );
  for (const goRoot of asked) {
    const answer = await execa("go", ["env", "-json", ...FETCHING], {
      cwd: "/",
      env: {
        ...base,
        ...goRoot,
        ...picked(env, [...FETCHING, "GOENV"]),
        // Empty would let the file's value through, and a wrong one there is an error.
        ...{ GOFLAGS: "-mod=readonly", GOEXPERIMENT: "none", GOWORK: "off", GOTOOLCHAIN: "local" },
      },
      extendEnv: false,
      timeout: 10_000,
      stdin: "ignore",
      reject: false,
    });
    if (answer.exitCode === 0)
      return { ...picked(JSON.parse(answer.stdout) as NodeJS.ProcessEnv, FETCHING), ...goRoot };
  }
  return picked(env, FETCHING);
}

/** Those that are set and not empty. */
function picked(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
