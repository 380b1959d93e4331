import { expect, test } from "vitest";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import { fixture } from "../../fixture.ts";

const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["syscalls", "startup"] });
const [ladder] = buildView(manifest, summary, launches).performance!.ladders;

test("the rungs go from native to the sandbox with most in between", () => {
  expect(
    ladder!.rungs.map(({ label, evaluator }) => `${label} ${evaluator ?? ""}`.trim()),
  ).toMatchInlineSnapshot(`
    [
      "native",
      "unshare",
      "unshare + seccomp default kernel",
      "runc",
      "runc + seccomp default kernel",
      "runsc systrap",
      "runsc systrap + seccomp default Sentry",
      "runsc ptrace",
      "runsc ptrace + seccomp default Sentry",
      "runsc kvm",
    ]
  `);
});

test("a filter's step is measured against the same sandbox without it", () => {
  const rung = ladder!.rungs.find(({ configuration }) => configuration === "runc/net=none/seccomp=default");
  expect(rung?.step?.on).toBe("runc/net=none/seccomp=none");
  expect(rung?.step?.ratio.value).toBeCloseTo(1.09, 1);
  expect(rung?.step?.ratio.text).toMatch(/^1\.\d\dx \[.+\] n=7$/);
});

test("a sandbox stands on native, where its step is the ratio and is not told twice", () => {
  const plain = ladder!.rungs.filter(({ ratio, evaluator }) => ratio !== null && evaluator === null);
  expect(plain.length).toBeGreaterThan(2);
  expect(plain.map(({ step }) => step)).toEqual(plain.map(() => null));
});

test("a sandbox that did not run keeps its rung, with the reason", () => {
  const kvm = ladder!.rungs.filter(({ label }) => label.startsWith("runsc kvm"));
  expect(kvm).toEqual([
    expect.objectContaining({ estimate: null, missing: "unavailable: hangs: no answer within 10 s" }),
  ]);
});

test("without launches there are no steps, and the rest stands", () => {
  const view = buildView(manifest, summary, []);
  expect(view.performance!.ladders[0]!.rungs.every(({ step }) => step === null)).toBe(true);
  expect(view.performance!.distributions).toEqual([]);
  expect(view.performance!.headline.text).toContain("times native");
});
