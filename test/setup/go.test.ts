import { afterEach, beforeEach, expect, test } from "vitest";
import { PretendHost } from "./pretend-host.ts";

let host: PretendHost;
beforeEach(() => {
  host = new PretendHost();
  host.command(
    "go",
    'case "$1 $2" in "env GOPROXY") echo https://proxy.example ;; env*) ;; version*) echo go version go1.26.8 ;; *) env ;; esac',
  );
});
afterEach(() => host.remove(""));

test("setup runs Go with the user's proxy, and with no other setting of the user's", () => {
  const { stdout } = host.run(
    "bin/with-node",
    "sh",
    "-c",
    `export GOARCH=arm64 GOFLAGS=-race GOEXPERIMENT=x GOAMD64=v4 GOWORK=/x/go.work CGO_ENABLED=1 LD_PRELOAD=
    . checkout/setup/go.sh
    with_go go GOBIN=/wanted go install`,
  );
  const env = Object.fromEntries(stdout.split("\n").map((line) => line.split("=", 2)));
  expect(env).toMatchObject({
    ...{ GOPROXY: "https://proxy.example", GOBIN: "/wanted", GOENV: "off", GOWORK: "off", GOFLAGS: "" },
    ...{ GOOS: "linux", GOARCH: "amd64", GOAMD64: "v1", CGO_ENABLED: "0" },
  });
  expect(env).not.toHaveProperty("GOEXPERIMENT");
  expect(env).not.toHaveProperty("LD_PRELOAD");
});
