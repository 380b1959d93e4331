import { describe, expect, test } from "vitest";
import { compareConfigurations, sandboxesOf, senselessReason } from "../../src/axes/axes.ts";
import type { Configuration } from "../../src/axes/configuration.ts";
import {
  factsOf,
  LEAST_ISOLATED,
  labelsByUse,
  MOST_ISOLATED_FIRST,
  SANDBOX_FACTS,
  SANDBOX_LABELS,
  type SandboxName,
} from "../../src/axes/sandbox.ts";
import type { SandboxFacts } from "../../src/axes/sandbox-facts.ts";

const facts: readonly SandboxFacts[] = SANDBOX_FACTS;
const config = (sandbox: SandboxName, values: Partial<Configuration> = {}): Configuration => ({
  sandbox,
  platform: null,
  network: "none",
  seccomp: "none",
  ...values,
});

test("there is one baseline, and what only pretends is in no preset", () => {
  expect(facts.filter(({ kind }) => kind === "baseline").map(({ name }) => name)).toEqual(["native"]);
  expect(facts.filter(({ kind }) => kind === "synthetic").every(({ presets }) => presets === "none")).toBe(
    true,
  );
});

test("the usual presets measure four sandboxes, full measures all", () => {
  expect(sandboxesOf("every")).toEqual(["native", "unshare", "runc", "runsc"]);
  expect(sandboxesOf("full")).toEqual(["native", "unshare", "bwrap", "crun", "runc", "runsc"]);
});

test.each(facts.map((one) => [one.name, one] as const))(
  "%s has a colour for each of its labels, and no colour that another has",
  (name, { colours, platforms }) => {
    expect(colours).toHaveLength(Math.max(1, platforms.length));
    const others = facts.filter((one) => one.name !== name).flatMap((one) => one.colours);
    for (const { light, dark } of colours) {
      expect(others.map((one) => one.light)).not.toContain(light);
      expect(others.map((one) => one.dark)).not.toContain(dark);
    }
  },
);

test.each(facts.filter(({ kind }) => kind === "sandbox").map((one) => [one.name, one] as const))(
  "%s has a tool, a filter, and a trial or platforms that are tried",
  (_, { tool, filter, trial, platforms }) => {
    expect(tool).not.toBeNull();
    expect(filter).not.toBeNull();
    expect((trial === null) === platforms.length > 0).toBe(true);
  },
);

test("labels stand in display order, a platform each", () => {
  expect(SANDBOX_LABELS).toEqual([
    "native",
    "unshare",
    "bwrap",
    "crun",
    "runc",
    "runsc systrap",
    "runsc ptrace",
    "runsc kvm",
    "fake",
  ]);
  const configs = [config("runc"), config("crun"), config("native"), config("bwrap")];
  expect(configs.toSorted(compareConfigurations).map(({ sandbox }) => sandbox)).toEqual([
    "native",
    "bwrap",
    "crun",
    "runc",
  ]);
});

test("advice and headline begin with the most isolated and most usual", () => {
  expect(MOST_ISOLATED_FIRST[0]).toBe("runsc");
  expect(LEAST_ISOLATED).toBe("unshare");
  expect(labelsByUse("runsc")).toEqual(["runsc systrap", "runsc kvm", "runsc ptrace"]);
});

describe("+tree", () => {
  test.each(["unshare", "bwrap"] as const)("makes sense where the launcher compiles: %s", (sandbox) => {
    expect(senselessReason(config(sandbox, { seccomp: "default+tree" }))).toBeNull();
  });

  test.each(["crun", "runc"] as const)("makes none where the runtime does: %s", (sandbox) => {
    expect(senselessReason(config(sandbox, { seccomp: "default+tree" }))).toMatch(/builds its own$/);
  });
});

test("a sandbox that only another version knows has no promises", () => {
  expect(factsOf({ sandbox: "later" })).toMatchObject({ isGVisor: false, presets: "none", tool: null });
});
