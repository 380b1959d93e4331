/** Where the programs of the corpus and their inputs stand on this host; made once per content. */
import { existsSync } from "node:fs";
import { cp, mkdir, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../../src/base/cache-folder.ts";
import { goEnv } from "../../src/base/go-env.ts";
import { contentHash } from "../../src/workload/content-hash.ts";
import { buildGo } from "../../src/workload/go-build.ts";

const SOURCES = join(import.meta.dirname, "programs");
const PREPARE_LIMIT_MS = 120_000;

export type CorpusFolder = {
  dir: string;
  /** The program with our Go sub-commands. */
  corpus: string;
  /** The script runner. */
  script: string;
  /** Folder of the inputs. */
  inputs: string;
  input(name: string): string;
  /** A script or its data. */
  file(name: string): string;
  goroot: string;
  /** A small module, with a build cache that has the standard library in it. */
  goWork: string;
  /** Of the Go toolchain: nothing from outside. HOME, and with it the cache, is the working folder. */
  goEnv: Record<string, string>;
};

/** @throws SbxError when Go is missing; an error when an input can't be made */
export async function corpusFolder(): Promise<CorpusFolder> {
  const build = (packagePath: string) => buildGo({ moduleDir: SOURCES, packagePath, cgo: false });
  const [corpus, script] = [await build("./corpus"), await build("./script")];
  const { stdout } = await execa("go", ["env", "GOROOT", "GOVERSION"], {
    cwd: SOURCES,
    env: await goEnv(process.env),
    extendEnv: false,
  });
  const [goroot = "", goVersion = ""] = stdout.split("\n");
  const hash = await contentHash([SOURCES], () => true, [goVersion, goroot]);
  const dir = cacheDir("corpus", hash);
  const env = toolchainEnv(goroot);
  if (!existsSync(dir)) await make(dir, corpus, script, env);
  const real = await realpath(dir);
  return {
    dir: real,
    corpus: join(real, "corpus"),
    script: join(real, "script"),
    inputs: join(real, "inputs"),
    input: (name) => join(real, "inputs", name),
    file: (name) => join(real, "files", name),
    goroot: await realpath(goroot),
    goWork: join(real, "module"),
    goEnv: env,
  };
}

async function make(dir: string, corpus: string, script: string, env: Record<string, string>): Promise<void> {
  const temporary = `${dir}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(join(temporary, "inputs"), { recursive: true });
  await cp(corpus, join(temporary, "corpus"));
  await cp(script, join(temporary, "script"));
  await cp(join(SOURCES, "testdata"), join(temporary, "files"), { recursive: true });
  const limit = { timeout: PREPARE_LIMIT_MS, stdin: "ignore" } as const;
  await execa(corpus, ["prepare", join(temporary, "inputs")], limit);
  const module = join(temporary, "module");
  await cp(join(SOURCES, "testdata", "module"), module, { recursive: true });
  // The standard library is compiled here once and not in every cell.
  for (const name of ["build", "vet"]) {
    await execa("sh", [join(temporary, "files", `${name}.sh`)], {
      ...limit,
      cwd: module,
      env: { ...env, HOME: module },
      extendEnv: false,
    });
  }
  // Programs in the sandboxes run as another user.
  await execa("chmod", ["-R", "a+rX", temporary]);
  try {
    await rename(temporary, dir);
  } catch (error) {
    // Another process was faster; its folder has the same content.
    if (!existsSync(dir)) throw error;
    await rm(temporary, { recursive: true, force: true });
  }
}

function toolchainEnv(goroot: string): Record<string, string> {
  return {
    PATH: `${goroot}/bin:/usr/local/bin:/usr/bin:/bin`,
    GOFLAGS: "-mod=mod",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    GOTELEMETRY: "off",
    CGO_ENABLED: "0",
  };
}
