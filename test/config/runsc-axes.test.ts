import { describe, expect, test } from "vitest";
import type { SbxError } from "../../src/base/errors.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { runscChoices } from "../../src/config/runsc-choice.ts";

function refusal(action: () => unknown): SbxError {
  try {
    action();
  } catch (error) {
    return error as SbxError;
  }
  return expect.unreachable();
}

describe("a runsc", () => {
  const choice = (text: string) => runscChoices([text], "/project")[0];

  test("by name is labelled by it", () => {
    expect(choice("debian")).toEqual({ label: "debian", wanted: "debian" });
  });

  test("by path is labelled by its file, or by its folder where the file says nothing", () => {
    expect(choice("./runsc-new")).toEqual({ label: "runsc-new", wanted: "/project/runsc-new" });
    expect(choice("/opt/20260905/runsc")).toEqual({ label: "20260905", wanted: "/opt/20260905/runsc" });
  });

  test("can be given a label", () => {
    expect(choice("mine=bin/runsc")).toEqual({ label: "mine", wanted: "/project/bin/runsc" });
    expect(choice("old=20240729")).toEqual({ label: "old", wanted: "20240729" });
  });

  test("needs a label where its name can't stand in an id", () => {
    const error = refusal(() => choice("/opt/run sc"));
    expect(error.what).toContain('"run sc"');
    expect(error.fix).toContain("mine=/opt/run sc");
  });

  test("can't be called like another one", () => {
    const error = refusal(() => runscChoices(["/a/runsc-1", "/b/runsc-1"], "/"));
    expect(error.what).toBe('Two runscs would be called "runsc-1"');
    expect(error.why).toContain("/a/runsc-1 and /b/runsc-1");
  });
});

describe("variants of flags", () => {
  const resolve = (raw: object) => resolveConfig(raw, {}, "bench.config.ts", "/project");
  const variants = { gofer: ["--directfs=false"] };

  test("are all measured, beside none, unless some are named", () => {
    expect(resolve({ runsc: { variants } }).matrix.flags).toEqual(["default", "gofer"]);
    expect(resolve({ runsc: { variants }, matrix: { flags: ["gofer"] } }).matrix.flags).toEqual(["gofer"]);
    expect(resolve({}).matrix.flags).toEqual([]);
  });

  test("a name that is no variant's is answered with the nearest", () => {
    const error = refusal(() => resolve({ runsc: { variants }, matrix: { flags: ["gofre"] } }));
    expect(error.why).toContain('Did you mean "gofer"?');
  });

  test("none can be called default", () => {
    expect(refusal(() => resolve({ runsc: { variants: { default: [] } } })).what).toContain('"default"');
  });
});
