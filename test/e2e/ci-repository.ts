/** A user's repository with two configurations, and a copy of the tool's checkout in it or beside it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { cacheFolder } from "../../src/base/cache-folder.ts";
import { copyCheckout } from "./checkout-copy.ts";

/** The fake driver plays both sides: what is tested is where files are found and put. */
export const FAKE = {
  matrix: { sandbox: ["fake"], network: ["none"], seccomp: ["none"] },
  scenarios: ["syscalls"],
  check: {
    metrics: [
      { match: "*", gate: false },
      { match: "*::getpid", gate: true },
    ],
  },
};
export const TYPESCRIPT = `import { defineConfig } from "sbx-bench";\nexport default defineConfig(${JSON.stringify(FAKE)});\n`;
const SHARED = ["build", "rootfs", "probes", "tools"];

export const folder = mkdtempSync(join(tmpdir(), "sbx-ci-"));
export const repository = join(folder, "repository");
export let checkout = "";
export let untouched: string[] = [];

/** Puts the checkout there, once. */
export function useCheckout(place: string): void {
  beforeAll(() => {
    checkout = join(folder, place);
    copyCheckout(checkout);
    untouched = filesIn(checkout);
  });
  afterAll(() => rmSync(checkout, { recursive: true }));
}

/** Clean for each test, and gone after them. */
export function useRepository(): void {
  beforeEach(() => {
    for (const name of existsSync(repository) ? readdirSync(repository) : []) {
      if (join(repository, name) !== checkout) rmSync(join(repository, name), { recursive: true });
    }
    write("base.config.ts", TYPESCRIPT);
    write("new.config.ts", TYPESCRIPT);
    write("go.work", "go 1.26\n\nuse ./elsewhere\n");
    // A host on which setup.sh has to install something is no host for this test.
    write("../bin/npm", "#!/bin/sh\nexit 1\n");
    chmodSync(join(folder, "bin/npm"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export function write(name: string, text: string): void {
  const file = join(repository, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Without npm packages, in which others may be at work. */
export function filesIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    })
    .sort();
}

/** What is in the repository now, but for the checkout. */
export function found(): string[] {
  return readdirSync(repository)
    .filter((name) => join(repository, name) !== checkout)
    .sort();
}

/** What was built and probed before is used again. */
export function shareCache(cache: string): Record<string, string> {
  mkdirSync(join(cache, "sbx-bench"), { recursive: true });
  for (const name of SHARED) {
    const place = join(cache, "sbx-bench", name);
    mkdirSync(join(cacheFolder(), name), { recursive: true });
    if (!existsSync(place)) symlinkSync(join(cacheFolder(), name), place);
  }
  const runsc = join(cacheFolder(), "tools/runsc/current/runsc");
  return { XDG_CACHE_HOME: cache, ...(existsSync(runsc) ? { SBX_RUNSC: runsc } : {}) };
}

export async function shell(script: string, cwd: string, env: Record<string, string>) {
  const done = await execa("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd,
    env: { ...env, PATH: `${folder}/bin:${process.env.PATH}`, NO_COLOR: "1" },
    reject: false,
    all: true,
    timeout: 230_000,
    stdin: "ignore",
  });
  return { code: done.exitCode, said: done.all ?? "" };
}

/** One that speaks docs/protocol.md, in a module of its own. */
export function writeScenario(name: string): void {
  const folder = `ci/scenarios/${name}`;
  const metric = '{ metric: "one", title: "one", unit: "count", better: "lower", group: "mine" }';
  write(
    `${folder}/scenario.ts`,
    `import { defineScenario } from "sbx-bench";
export default defineScenario({ name: "${name}", description: "Mine.", params: {}, metrics: [${metric}] });\n`,
  );
  write(`${folder}/go.mod`, `module example.com/${name}\n\ngo 1.26\n`);
  const lines = [
    `{"type":"hello","v":1,"scenario":"${name}","go":"go","gomaxprocs":1}`,
    '{"type":"clock","source":"monotonic","hzStart":1000000000,"hzEnd":1000000000,"readCostNs":1}',
    '{"type":"value","name":"one","unit":"count","value":1}',
    '{"type":"end"}',
  ];
  const prints = lines.map((line) => `\tfmt.Println(\`${line}\`)\n`).join("");
  write(`${folder}/main.go`, `package main\n\nimport "fmt"\n\nfunc main() {\n${prints}}\n`);
}
