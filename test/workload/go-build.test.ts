/** Real builds of a program of one line. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isProgramForHost } from "../../src/base/elf-program.ts";
import { buildGo } from "../../src/workload/go-build.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-build-"));
const moduleDir = join(folder, "work/module");

beforeAll(() => {
  const goCache = execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim();
  mkdirSync(join(moduleDir, "lib"), { recursive: true });
  writeFileSync(join(moduleDir, "go.mod"), "module example.com/hello\n\ngo 1.26\n");
  writeFileSync(
    join(moduleDir, "main.go"),
    'package main\n\nimport "example.com/hello/lib"\n\nfunc main() { print(lib.Text) }\n',
  );
  writeLib("one");
  vi.stubEnv("GOCACHE", goCache);
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function writeLib(text: string): void {
  writeFileSync(join(moduleDir, "lib/lib.go"), `package lib\n\nconst Text = "${text}"\n`);
}

const build = () => buildGo({ moduleDir, packagePath: ".", cgo: false });
const said = (binary: string) => execFileSync("sh", ["-c", '"$0" 2>&1', binary], { encoding: "utf8" });

test("the caller's settings for Go and a go.work above change nothing", async () => {
  const plain = await build();
  const bytes = readFileSync(plain);
  rmSync(plain);
  writeFileSync(join(folder, "go.work"), "go 1.26\n\nuse ./nowhere\n");
  for (const [name, value] of Object.entries({
    GOARCH: "arm64",
    GOOS: "plan9",
    GOFLAGS: "-mod=vendor -race",
  }))
    vi.stubEnv(name, value);
  expect(await build()).toBe(plain);
  expect(readFileSync(plain).equals(bytes)).toBe(true);
});

test("a package of the module that changed is built in", async () => {
  const before = await build();
  writeLib("two");
  const after = await build();
  expect([said(before), said(after)]).toEqual(["one", "two"]);
});

test("a program in the cache that does not run here is built anew", async () => {
  const binary = await build();
  const spoil = [
    () => truncateSync(binary, 4096),
    () => chmodSync(binary, 0o600),
    () => writeFileSync(binary, "x"),
  ];
  for (const harm of spoil) {
    harm();
    expect(isProgramForHost(binary)).toBe(false);
    expect(await build()).toBe(binary);
    expect(said(binary)).toBe("two");
  }
});

test("a module that needs a Go that is not to be had is told so, and not that Go is missing", async () => {
  const other = join(folder, "other");
  mkdirSync(other);
  writeFileSync(join(other, "go.mod"), "module example.com/other\n\ngo 1.999\n");
  vi.stubEnv("GOPROXY", "off");
  await expect(buildGo({ moduleDir: other, packagePath: ".", cgo: false })).rejects.toMatchObject({
    what: `The Go module in ${other} does not build`,
    exitCode: 4,
  });
});
