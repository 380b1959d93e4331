import { describe, expect, test } from "vitest";
import type { SbxError } from "../../src/base/errors.ts";
import { FLAG_FACTORS } from "../../src/config/flag-factors.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { variedFlags } from "../../src/config/vary-flags.ts";

function refusal(wanted: string[], factorial = false): SbxError {
  try {
    variedFlags(wanted, factorial);
  } catch (error) {
    return error as SbxError;
  }
  return expect.unreachable();
}

const names = (wanted: string[], factorial = false) => variedFlags(wanted, factorial).map(({ name }) => name);

test("one factor at a time: a variant a level, the rest at its defaults", () => {
  expect(variedFlags(["directfs", "overlay2"], false)).toEqual([
    { name: "directfs=false", flags: ["--directfs=false"], levels: { directfs: "false" } },
    { name: "overlay2=none", flags: ["--overlay2=none"], levels: { overlay2: "none" } },
    { name: "overlay2=all:memory", flags: ["--overlay2=all:memory"], levels: { overlay2: "all:memory" } },
  ]);
});

test("single levels, also ones that the catalogue lacks", () => {
  expect(names(["overlay2=none", "dcache=7"])).toEqual(["overlay2=none", "dcache=7"]);
});

test("factorial: every combination but that of nothing but defaults", () => {
  expect(names(["directfs", "overlay2=none"], true)).toEqual([
    "overlay2=none",
    "directfs=false",
    "directfs=false+overlay2=none",
  ]);
  expect(names(["directfs", "overlay2", "dcache"], true)).toHaveLength(2 * 3 * 3 - 1);
});

test("every factor of the catalogue can be varied, and its name can stand in an id", () => {
  for (const { name } of variedFlags(
    FLAG_FACTORS.map((factor) => factor.name),
    false,
  ))
    expect(name).toMatch(/^[\w.:=+-]+$/);
});

describe("refused is", () => {
  test("an unknown factor, with the nearest", () => {
    expect(refusal(["directsf"]).why).toContain('Did you mean "directfs"?');
    expect(refusal(["network=host"]).what).toBe('--vary: "network" is no factor');
  });

  test("a factorial sweep of one factor", () => {
    expect(refusal(["directfs"], true).what).toContain("at least two factors");
  });

  test("a sweep that takes a day", () => {
    expect(
      refusal(
        FLAG_FACTORS.map(({ name }) => name),
        true,
      ).what,
    ).toMatch(/^\d+ combinations of flags are too many$/);
  });
});

test("the configuration's sweep stands beside its named variants, and the command line's replaces it", () => {
  const raw = { runsc: { variants: { mine: ["--debug"] }, vary: ["directfs"] } };
  expect(resolveConfig(raw, {}, "x", "/").matrix.flags).toEqual(["default", "mine", "directfs=false"]);
  const flags = resolveConfig(raw, { runsc: { vary: ["gso"] } }, "x", "/").matrix.flags;
  expect(flags).toEqual(["default", "mine", "gso=false"]);
});
