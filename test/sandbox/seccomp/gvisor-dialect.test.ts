import { expect, test } from "vitest";
import { lintForGvisor } from "../../../src/sandbox/seccomp/gvisor-dialect.ts";
import { ociProfile } from "./profiles.ts";

function lint(profile: Record<string, unknown>) {
  return lintForGvisor(ociProfile(profile));
}

test.each(["SCMP_ACT_LOG", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_NOTIFY"])(
  "%s would fail the start, as default or in an entry",
  (action) => {
    const entry = { names: ["bpf"], action };
    expect(lint({ defaultAction: action, syscalls: [entry, entry] }).fatal).toEqual([
      `runsc does not know ${action} and would not start the container`,
    ]);
    expect(lint({ syscalls: [entry] }).fatal).toHaveLength(1);
  },
);

test.each(["SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP"])(
  "%s is known",
  (action) => {
    expect(lint({ defaultAction: action })).toEqual({ fatal: [], warnings: [] });
  },
);

test("every errno but EPERM is warned of", () => {
  const entry = { names: ["bpf"], action: "SCMP_ACT_ERRNO", errnoRet: 1 };
  expect(lint({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 38, syscalls: [entry] }).warnings).toEqual([
    "runsc ignores errnoRet and returns EPERM (1) instead of 38",
  ]);
});

test("architectures beside the native one, and flags, are warned of", () => {
  const { warnings } = lint({
    architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
    flags: ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG"],
  });
  expect(warnings).toEqual([
    "runsc ignores architectures: SCMP_ARCH_X86",
    "runsc ignores flags: SECCOMP_FILTER_FLAG_LOG",
  ]);
});
