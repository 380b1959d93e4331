import { describe, expect, test } from "vitest";
import { buildPlan } from "../../../src/plan/build-plan.ts";
import { programMatrix } from "../../../src/use-cases/run/program-matrix.ts";

const planned = (named: Parameters<typeof programMatrix>[0]) =>
  buildPlan(
    { ...programMatrix(named), scenarios: [{ use: "program", as: "p", params: {} }], include: [] },
    () => null,
  )
    .filter(({ status }) => status === "planned")
    .map(({ id }) => id);

describe("the configurations of a program", () => {
  test("are the usual ones where no axis is named", () => {
    expect(planned({})).toEqual([
      "native/net=host/seccomp=none::p",
      "unshare/net=none/seccomp=default::p",
      "runc/net=none/seccomp=default::p",
      "runsc/systrap/net=none/seccomp=none::p",
    ]);
  });

  test("have native among them whatever is named", () => {
    expect(planned({ sandbox: ["bwrap"], network: ["sandbox"], seccomp: ["none"] })).toEqual([
      "native/net=host/seccomp=none::p",
      "bwrap/net=sandbox/seccomp=none::p",
    ]);
  });
});
