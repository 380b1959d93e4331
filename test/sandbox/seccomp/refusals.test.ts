import { expect, test } from "vitest";
import type { SandboxName } from "../../../src/axes/sandbox.ts";
import { type FilterFacts, filterRefusal } from "../../../src/sandbox/seccomp/refusals.ts";
import { ociProfile } from "./profiles.ts";

const FACTS: FilterFacts = { runc: null, noListener: null };
const refusal = (sandbox: SandboxName, parts: object, facts: Partial<FilterFacts> = {}) =>
  filterRefusal(sandbox, ociProfile(parts), { ...FACTS, ...facts });
const entry = (name: string, action: string, more: object = {}) => ({
  syscalls: [{ names: [name], action, ...more }],
});

test.each(["native", "fake", "unshare", "runc", "runsc"] as const)("%s takes a plain filter", (sandbox) => {
  expect(refusal(sandbox, entry("mount", "SCMP_ACT_ERRNO"))).toBeNull();
});

test("SCMP_ACT_NOTIFY: runc alone takes it, with an agent, not for write and not as the default", () => {
  const mount = entry("mount", "SCMP_ACT_NOTIFY");
  expect(refusal("runc", mount)).toBeNull();
  expect(refusal("runc", mount, { noListener: "nobody listens" })).toBe("nobody listens");
  expect(refusal("runc", entry("write", "SCMP_ACT_NOTIFY"))).toMatch(
    /^runc refuses SCMP_ACT_NOTIFY for write/,
  );
  expect(refusal("runc", { defaultAction: "SCMP_ACT_NOTIFY" })).toMatch(/as the default action/);
  expect(refusal("unshare", mount)).toMatch(/launcher does not supervise/);
  expect(refusal("runsc", mount)).toMatch(/runsc does not know SCMP_ACT_NOTIFY/);
});

test("flags and architectures that a sandbox does not know are said", () => {
  const waits = { flags: ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"] };
  const foreign = { architectures: ["SCMP_ARCH_LOONGARCH64"] };
  const runc = { architectures: ["SCMP_ARCH_X86_64"], flags: ["SECCOMP_FILTER_FLAG_LOG"] };
  expect(refusal("unshare", waits)).toMatch(/flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV/);
  expect(refusal("unshare", foreign)).toMatch(/architecture SCMP_ARCH_LOONGARCH64/);
  expect(refusal("runc", waits, { runc })).toMatch(/flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV$/);
  expect(refusal("runc", foreign, { runc })).toMatch(/architecture SCMP_ARCH_LOONGARCH64/);
  expect(refusal("runc", { flags: ["SECCOMP_FILTER_FLAG_LOG"] }, { runc })).toBeNull();
  expect(refusal("runc", waits, { runc: { ...runc, flags: [] } })).toMatch(/nor any other one$/);
  expect(refusal("runsc", { ...waits, ...foreign })).toBeNull();
});

test("a filter under which nothing starts or ends is refused", () => {
  expect(refusal("unshare", entry("execve", "SCMP_ACT_ERRNO"))).toBe(
    "the filter denies execve (SCMP_ACT_ERRNO), by which unshare starts the program",
  );
  expect(refusal("runc", { defaultAction: "SCMP_ACT_KILL_PROCESS" })).toMatch(/denies execve/);
  expect(refusal("runc", entry("exit_group", "SCMP_ACT_TRACE"))).toMatch(
    /denies exit_group \(SCMP_ACT_TRACE\)/,
  );
  expect(refusal("runsc", { defaultAction: "SCMP_ACT_ERRNO" })).toMatch(/denies mmap/);
});

test("the Sentry loads a program without execve", () => {
  expect(refusal("runsc", entry("execve", "SCMP_ACT_ERRNO"))).toBeNull();
});

test("a call that some arguments let pass is no reason to refuse", () => {
  const args = [{ index: 0, value: 1, op: "SCMP_CMP_EQ" }];
  expect(refusal("runc", entry("clone", "SCMP_ACT_ERRNO", { args }))).toBeNull();
  const some = [...["execve", "mmap", "rt_sigaction", "write", "exit_group"], "clone"].map((name) => ({
    names: [name],
    action: "SCMP_ACT_ALLOW",
    ...(name === "clone" ? { args } : {}),
  }));
  expect(refusal("runc", { defaultAction: "SCMP_ACT_ERRNO", syscalls: some })).toBeNull();
});

test("SCMP_ACT_LOG passes", () => {
  expect(refusal("runc", { defaultAction: "SCMP_ACT_LOG" })).toBeNull();
});
