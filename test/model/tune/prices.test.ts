import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { FLAG_FACTORS } from "../../../src/config/flag-factors.ts";
import { layersOf } from "../../../src/model/tune/layers.ts";
import { needsOf } from "../../../src/model/tune/needs.ts";
import { type Judged, priceOf } from "../../../src/model/tune/prices.ts";
import { PRESENT } from "./made-costs.ts";

const judged = (parts: Partial<Configuration> = {}, flags: string[] = []): Judged => ({
  config: { ...PRESENT, ...parts },
  flags,
});
const kinds = (from: Judged, to: Judged) => priceOf(from, to, []).map(({ kind }) => kind);
const plain = judged();

describe("what a switch gives up", () => {
  test("the host's network: isolation", () => {
    expect(priceOf(plain, judged({ network: "host" }), [])).toMatchObject([
      { kind: "security", source: expect.stringContaining("networking") },
    ]);
  });

  test("no network: what needs one; back again: nothing but isolation", () => {
    expect(kinds(plain, judged({ network: "none" }))).toEqual(["function"]);
    expect(kinds(judged({ network: "none" }), plain)).toEqual(["security"]);
    expect(kinds(judged({ network: "host" }), plain)).toEqual([]);
  });

  test("no filter under gVisor: depth inside; its own filter towards the host stays", () => {
    const [price] = priceOf(judged({ seccomp: "default" }), plain, []);
    expect(price).toMatchObject({
      kind: "security",
      text: expect.stringContaining("its own filter towards the host stays"),
    });
  });

  test("a filter: the calls that it does not list; a wider one: security", () => {
    expect(kinds(plain, judged({ seccomp: "default" }))).toEqual(["function"]);
    expect(kinds(judged({ seccomp: "generated" }), judged({ seccomp: "default" }))).toEqual(["security"]);
    expect(kinds(judged({ seccomp: "./mine.json" }), judged({ seccomp: "default" }))).toEqual([
      "security",
      "function",
    ]);
  });

  test("ptrace: support; systrap and kvm: nothing", () => {
    expect(kinds(plain, judged({ platform: "ptrace" }))).toEqual(["support"]);
    expect(kinds(plain, judged({ platform: "kvm" }))).toEqual([]);
  });

  test("another sandbox: the host kernel's interface", () => {
    const runc = judged({ sandbox: "runc", platform: null });
    expect(kinds(plain, runc)).toEqual(["security"]);
    expect(kinds(plain, judged({ sandbox: "native", platform: null, network: "host" }))).toEqual([
      "security",
      "security",
      "security",
    ]);
    expect(kinds(runc, plain)).toEqual([]);
  });
});

describe("what a flag gives up", () => {
  test.each([
    [["--overlay2=none"], ["security"]],
    [["--overlay2=all:memory"], ["function"]],
    [["--file-access-mounts=exclusive"], ["function"]],
    [["--file-access=exclusive"], []],
    [["--host-uds=open"], ["security"]],
    [["--net-raw"], ["security"]],
    [["--net-raw=false"], []],
    [["--directfs=false"], []],
    [["--directfs"], []],
    [["--gso=false", "--dcache=1000"], []],
    [["--net-raw", "--net-raw=false"], []],
    [["--a-flag-of-tomorrow"], ["security"]],
  ])("%j gives up %j", (flags, expected) => {
    expect(kinds(plain, judged({}, flags))).toEqual(expected);
  });

  test("leaving out what protects is a price as well", () => {
    expect(kinds(judged({}, ["--directfs=false"]), plain)).toEqual(["security"]);
    expect(kinds(judged({}, ["--file-access=shared"]), plain)).toEqual(["function"]);
  });

  test.each(FLAG_FACTORS.flatMap(({ name, levels }) => levels.map(({ value }) => `--${name}=${value}`)))(
    "%s, which can be swept, is judged",
    (flag) => {
      const texts = priceOf(plain, judged({}, [flag]), []).map(({ text }) => text);
      expect(texts.join()).not.toContain("not judged");
    },
  );

  test("a flag that is not judged says so", () => {
    expect(priceOf(plain, judged({}, ["--a-flag-of-tomorrow"]), [])[0]!.text).toContain("not judged");
  });
});

test("layers are those that the configuration keeps", () => {
  expect(layersOf(PRESENT, [])).toEqual(["kernel", "network", "namespaces"]);
  expect(layersOf({ ...PRESENT, seccomp: "default" }, ["--directfs=F"])).toEqual([
    "kernel",
    "network",
    "filter",
    "namespaces",
    "files",
  ]);
  expect(layersOf({ sandbox: "native", platform: null, network: "host", seccomp: "none" }, [])).toEqual([]);
});

test("what a switch needs is only what the present configuration has not", () => {
  expect(needsOf(PRESENT, { ...PRESENT, platform: "kvm" })).toEqual([expect.stringContaining("/dev/kvm")]);
  expect(needsOf(PRESENT, { ...PRESENT, network: "none" })).toEqual([]);
  expect(needsOf(PRESENT, { ...PRESENT, seccomp: "generated" })).toEqual([
    expect.stringContaining("--oci-seccomp"),
  ]);
  expect(needsOf({ ...PRESENT, network: "host" }, PRESENT)).toEqual([
    expect.stringContaining("network namespace"),
  ]);
  expect(needsOf(PRESENT, { ...PRESENT, runsc: "20260905" })).toEqual(["runsc 20260905"]);
});
