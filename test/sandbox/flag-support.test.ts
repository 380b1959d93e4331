import { describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { variedFlags } from "../../src/config/vary-flags.ts";
import { flagsOf, flagsRuledOut } from "../../src/sandbox/flag-support.ts";
import { FAKE_PROBE, toolsBut } from "../probe/fake-probe.ts";

const cell = (parts: Partial<Configuration>): Configuration => ({
  sandbox: "runsc",
  platform: "systrap",
  network: "none",
  seccomp: "none",
  ...parts,
});

const knows = (label: string, flags: { name: string; default: string | null; dead?: boolean }[] | null) => ({
  ...FAKE_PROBE,
  tools: toolsBut(null),
  used: { label, version: "1", sha256: null, source: null, flags },
});
const probe = {
  runscs: new Map([
    ["old", knows("old", [{ name: "directfs", default: "true" }])],
    [
      "new",
      knows("new", [
        { name: "directfs", default: "true" },
        { name: "lisafs", default: "true", dead: true },
      ]),
    ],
    ["mute", knows("mute", null)],
  ]),
};
const runsc = {
  path: null,
  flags: [],
  variants: [
    { name: "rpc", flags: ["--directfs=false"] },
    { name: "same", flags: ["--directfs"] },
    { name: "lisafs", flags: ["--lisafs=false"] },
    { name: "both", flags: ["--directfs", "--lisafs=false", "--directfs=false"] },
  ],
};

describe("flags are ruled out", () => {
  const reason = (parts: Partial<Configuration>, flags: string[] = []) =>
    flagsRuledOut(probe, { ...runsc, flags })(cell(parts));

  test("where the cell's runsc does not know them, and only there", () => {
    expect(reason({ runsc: "old", flags: "lisafs" })).toBe("runsc old (1) does not know --lisafs");
    expect(reason({ runsc: "old", flags: "rpc" })).toBeNull();
    expect(reason({ runsc: "old" }, ["--x=1"])).toBe("runsc old (1) does not know --x");
  });

  test("where they say what it does anyway, or are dead", () => {
    expect(reason({ runsc: "old", flags: "same" })).toBe("runsc old (1) does --directfs by default");
    expect(reason({ runsc: "new", flags: "lisafs" })).toBe(
      "runsc new (1) accepts --lisafs without any effect",
    );
    expect(reason({ runsc: "new", flags: "both" })).toBeNull();
  });

  test("where they concern another platform, or a network that the cell lacks", () => {
    const swept = flagsRuledOut(
      {},
      { ...runsc, variants: variedFlags(["gso", "systrap-disable-fast-path"], false) },
    );
    expect(swept(cell({ flags: "gso=false" }))).toBe("--gso=false concerns network=sandbox only");
    expect(swept(cell({ flags: "gso=false", network: "sandbox" }))).toBeNull();
    expect(swept(cell({ flags: "systrap-disable-fast-path=true", platform: "ptrace" }))).toMatch(
      /systrap only/,
    );
  });

  test("in a sweep where one level means nothing: without it, it is another cell", () => {
    const swept = flagsRuledOut({}, { ...runsc, variants: variedFlags(["gso", "directfs"], true) });
    expect(swept(cell({ flags: "gso=false+directfs=false" }))).toContain("--gso=false");
    expect(swept(cell({ flags: "directfs=false" }))).toBeNull();
  });

  test("never under another sandbox, nor where runsc does not say what it knows", () => {
    expect(reason({ sandbox: "runc" }, ["--x"])).toBeNull();
    expect(reason({ runsc: "mute", flags: "rpc" })).toBeNull();
  });
});

describe("runsc refuses shared file access beside an overlay of the root", () => {
  const known = [
    { name: "overlay2", default: "root:self" },
    { name: "file-access", default: null },
  ];
  const host = { runscs: new Map([["real", knows("real", known)]]) };
  const variants = [
    { name: "shared", flags: ["--file-access=shared"] },
    { name: "plain", flags: ["--file-access=shared", "--overlay2=none"] },
  ];
  const ruledOut = flagsRuledOut(host, { path: null, flags: [], variants });

  test("also where the overlay is the default", () => {
    expect(ruledOut(cell({ runsc: "real", flags: "shared" }))).toContain("(overlay2=root:self)");
  });

  test("and takes it without one", () => {
    expect(ruledOut(cell({ runsc: "real", flags: "plain" }))).toBeNull();
  });
});

test("a variant's flags come after those of every cell, so that they win", () => {
  expect(flagsOf({ ...runsc, flags: ["--directfs"] }, cell({ flags: "rpc" }))).toEqual([
    "--directfs",
    "--directfs=false",
  ]);
});
