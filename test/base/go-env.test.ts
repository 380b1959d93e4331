import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { goEnv } from "../../src/base/go-env.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-go-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = {
  GOARCH: "arm64",
  GOOS: "windows",
  GOAMD64: "v4",
  GOFLAGS: "-tags=other -race",
  GOEXPERIMENT: "nogreenteagc",
  CGO_ENABLED: "1",
  CGO_CFLAGS: "-O0",
  CC: "false",
  GOTOOLCHAIN: "go1.20",
  GOROOT: "/nowhere",
  GODEBUG: "madvdontneed=1",
  GOWORK: "/nowhere/go.work",
  LD_PRELOAD: "/nowhere.so",
  LC_ALL: "de_DE.UTF-8",
};

test("nothing of the caller's that changes a build gets in", async () => {
  const plain = { PATH: process.env.PATH, HOME: process.env.HOME, GOCACHE: "/cache", GOMODCACHE: "/modules" };
  const env = await goEnv({ ...plain, ...HOSTILE });
  expect(env).toEqual(await goEnv(plain));
  expect(env).toMatchObject({
    GOOS: "linux",
    CGO_ENABLED: "0",
    GOFLAGS: "",
    GOENV: "off",
    GOWORK: "off",
    GOCACHE: "/cache",
  });
});

test("how modules are fetched does, from the environment and from `go env -w`", async () => {
  const file = join(folder, "env");
  writeFileSync(
    file,
    "GOPROXY=https://proxy.example\nGOPRIVATE=example.com/mine\nGOARCH=arm64\nGOFLAGS=-x\nGOEXPERIMENT=bogus\n",
  );
  const env = await goEnv({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    GOENV: file,
    GOSUMDB: "off",
    https_proxy: "http://127.0.0.1:3128",
  });
  expect(env).toMatchObject({
    GOPROXY: "https://proxy.example",
    GOPRIVATE: "example.com/mine",
    GOSUMDB: "off",
    https_proxy: "http://127.0.0.1:3128",
    GOFLAGS: "",
  });
  expect(env.GOARCH).not.toBe(process.arch === "arm64" ? "amd64" : "arm64");
});

test("without HOME there is still a folder for Go's cache", async () => {
  expect((await goEnv({ PATH: process.env.PATH })).HOME).toMatch(/^\//);
});

test("the caller's GOROOT is for a go that does not find its own, and for no other", async () => {
  const [alone, whole] = ['[ -n "$GOROOT" ] || exit 2\necho "{}"', 'echo "{}"'].map((script) => {
    const bin = mkdtempSync(join(tmpdir(), "sbx-go-"));
    onTestFinished(() => rmSync(bin, { recursive: true }));
    writeFileSync(join(bin, "go"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return bin;
  });
  vi.stubEnv("PATH", `${alone}:/usr/bin:/bin`);
  expect((await goEnv({ PATH: `${alone}:/usr/bin:/bin`, GOROOT: "/lone" })).GOROOT).toBe("/lone");
  vi.stubEnv("PATH", `${whole}:/usr/bin:/bin`);
  expect((await goEnv({ PATH: `${whole}:/usr/bin:/bin`, GOROOT: "/lone" })).GOROOT).toBeUndefined();
  vi.unstubAllEnvs();
});
