import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedRunscs, runscFolder } from "../../../src/probe/runsc-store.ts";
import { type Installed, installRunsc } from "../../../src/sandbox/runsc-install/install.ts";
import { moduleProxy, VERSION } from "./module-proxy.ts";

const root = mkdtempSync(join(tmpdir(), "sbx-runsc-install-"));
const BUILD_CACHE = execaSync("go", ["env", "GOCACHE"]).stdout;
const temporaryFolder = (): string => mkdtempSync(join(root, "x"));

afterAll(() => {
  // Go makes its module cache read-only.
  execaSync("chmod", ["-R", "u+w", root]);
  rmSync(root, { recursive: true });
});

/** A cache and a Go module cache of its own; the build cache is everybody's, so that a build takes 1 s. */
function environment(goproxy: string): NodeJS.ProcessEnv {
  const [cache, gomodcache] = [temporaryFolder(), temporaryFolder()];
  const { GOPROXY: _, ...others } = process.env;
  // Named, as Go would else have it below XDG_CACHE_HOME, and build its standard library for a minute.
  const go = { GOCACHE: BUILD_CACHE, GOMODCACHE: gomodcache, GOPROXY: goproxy, GOSUMDB: "off" };
  return { ...others, XDG_CACHE_HOME: cache, ...go };
}

function install(wanted: string, env: NodeJS.ProcessEnv, force = false, said: string[] = []) {
  return installRunsc(wanted, { force, env, onProgress: (message) => said.push(message) });
}

describe("from the Go module", () => {
  const said: string[] = [];
  let env: NodeJS.ProcessEnv;
  let first: Installed;
  beforeAll(async () => {
    env = environment(moduleProxy(temporaryFolder()));
    first = await install("latest", env, false, said);
  }, 120_000);

  test("latest is resolved, and it is said how where the proxy does not name the head of branch go", () => {
    expect(said.join("\n")).toContain(`latest is ${VERSION}: what the module proxy calls latest`);
  });

  test("it is kept under its version, which is stamped in, with a record", () => {
    expect(first).toMatchObject({
      name: "go-20260102-0123456789ab",
      isNew: true,
      record: {
        version: "go-20260102-0123456789ab",
        source: `Go module gvisor.dev/gvisor/runsc@${VERSION}`,
        asked: ["latest"],
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(readdirSync(runscFolder(env))).toEqual(["go-20260102-0123456789ab"]);
  });

  test("the default stays as it is", () => {
    expect(installedRunscs(env).map(({ isDefault }) => isDefault)).toEqual([false]);
  });

  test("the same version under another name is not built again", async () => {
    const second = await install(VERSION, env);
    expect(second).toMatchObject({ isNew: false, path: first.path });
    expect(second.record.asked).toEqual(["latest", VERSION]);
  });

  test("one that changed since is refused, until it is installed anew", async () => {
    appendFileSync(first.path, "x");
    await expect(install("latest", env)).rejects.toThrow(`The checksum of the installed runsc ${first.name}`);
    const again = await install("latest", env, true);
    expect(again.record.sha256).toBe(first.record.sha256);
    expect((await install("latest", env)).isNew).toBe(false);
  });

  test("a version that does not exist is named, with what can be given instead", async () => {
    await expect(install("v0.0.0-20990101000000-abcdefabcdef", env)).rejects.toMatchObject({
      what: 'There is no version "v0.0.0-20990101000000-abcdefabcdef" of gvisor.dev/gvisor',
      fix: expect.stringContaining("Give `latest`"),
      exitCode: 4,
    });
  });

  test("a release tag is refused with the reason, without asking anybody", async () => {
    await expect(install("release-20260105.0", environment("off"))).rejects.toThrow("its Go module has none");
  });
});

test("a module that does not compile leaves nothing but go's own words", async () => {
  const env = environment(moduleProxy(temporaryFolder(), true));
  await expect(install(VERSION, env)).rejects.toThrow(/does not build: [\s\S]*undefined: nothing/);
  expect(readdirSync(runscFolder(env))).toEqual([]);
}, 60_000);

test("a module proxy that can't be reached is called that", async () => {
  await expect(install("latest", environment("http://127.0.0.1:1"))).rejects.toMatchObject({
    what: "The Go module proxy cannot be reached",
    why: expect.stringContaining("connection refused"),
    fix: expect.stringContaining("http://127.0.0.1:1"),
  });
});

test("without apt, Debian's package can't be had, and the reason is told", async () => {
  const bin = temporaryFolder();
  const tools = ["sh", "readlink", "dirname", "sed", "mkdir", "find", "awk", "cat", "id"];
  execaSync("ln", ["-s", ...tools.map((tool) => execaSync("which", [tool]).stdout), bin]);
  const env = { ...environment("off"), PATH: bin };
  await expect(install("debian", env)).rejects.toMatchObject({
    what: "Debian's runsc cannot be had from backports",
    why: expect.stringContaining("apt-get"),
  });
  expect(readdirSync(join(runscFolder(env)))).toEqual([]);
});
