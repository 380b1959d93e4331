import { describe, expect, test } from "vitest";
import { buildPlan } from "../../../src/plan/build-plan.ts";
import { serverMatrix } from "../../../src/use-cases/run/server-matrix.ts";

const planned = (named: Parameters<typeof serverMatrix>[0], hasWire: boolean) =>
  buildPlan(
    { ...serverMatrix(named, hasWire), scenarios: [{ use: "server", as: "s", params: {} }], include: [] },
    () => null,
  )
    .filter(({ status }) => status === "planned")
    .map(({ id }) => id);

describe("the configurations of a server", () => {
  test("are the usual ones, behind the veth pair", () => {
    expect(planned({}, true)).toEqual([
      "native/net=host/seccomp=none::s",
      "unshare/net=sandbox/seccomp=default::s",
      "runc/net=sandbox/seccomp=default::s",
      "runsc/systrap/net=sandbox/seccomp=none::s",
    ]);
  });

  test("are on the host's network where nobody can make the veth pair", () => {
    expect(planned({}, false)).toContain("unshare/net=host/seccomp=default::s");
  });

  test("have the networks that are named, and native", () => {
    expect(planned({ sandbox: ["unshare"], network: ["host"], seccomp: ["none"] }, true)).toEqual([
      "native/net=host/seccomp=none::s",
      "unshare/net=host/seccomp=none::s",
    ]);
  });
});
