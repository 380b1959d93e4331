import { expect, test } from "vitest";
import { configurationId } from "../../src/axes/axes.ts";
import { cellId } from "../../src/plan/cell.ts";

test("a cell's id is readable and names every axis", () => {
  const config = { sandbox: "runsc", platform: "systrap", network: "none", seccomp: "none" } as const;
  expect(cellId(config, "syscalls")).toBe("runsc/systrap/net=none/seccomp=none::syscalls");
});

test("a sandbox without platforms has none in its id", () => {
  const config = { sandbox: "native", platform: null, network: "host", seccomp: "none" } as const;
  expect(configurationId(config)).toBe("native/net=host/seccomp=none");
});
