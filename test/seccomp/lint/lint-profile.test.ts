import { expect, test } from "vitest";
import type { OciSeccomp, OciSyscall } from "../../../src/sandbox/seccomp/oci-profile.ts";
import { GLIBC_CALLS, LAUNCHERS } from "../../../src/seccomp/filter/base-calls.ts";
import { callSet } from "../../../src/seccomp/filter/call-set.ts";
import { ociProfile } from "../../../src/seccomp/formats/oci.ts";
import { lintProfile } from "../../../src/seccomp/lint/lint-profile.ts";
import { staticCalls } from "../made-calls.ts";

const FACTS = { runc: { architectures: ["SCMP_ARCH_X86_64"], flags: [] }, noListener: "nobody listens" };

/** All that a Go program and each launcher need. */
function good(): OciSeccomp {
  const observed = ["nanosleep", "epoll_pwait", "getpid"];
  return ociProfile(
    callSet({ static: staticCalls(), observed, libc: GLIBC_CALLS, launchers: LAUNCHERS }),
    "errno",
  );
}

function lint(profile: OciSeccomp) {
  return lintProfile(profile, FACTS, JSON.stringify(profile, null, 2));
}

const rulesOf = (profile: OciSeccomp) => lint(profile).map(({ rule, severity }) => `${severity} ${rule}`);

function without(name: string): OciSeccomp {
  const profile = good();
  return {
    ...profile,
    syscalls: profile.syscalls.map((entry) => ({
      ...entry,
      names: entry.names.filter((one) => one !== name),
    })),
  };
}

function plus(...entries: (Pick<OciSyscall, "action" | "names"> & Partial<OciSyscall>)[]): OciSeccomp {
  const profile = good();
  return { ...profile, syscalls: [...profile.syscalls, ...entries.map((entry) => ({ args: [], ...entry }))] };
}

test("a generated filter has no error; runsc alone takes its ENOSYS otherwise", () => {
  expect(lint(good()).map(({ rule, sandboxes }) => [rule, sandboxes])).toEqual([["ignored", ["runsc"]]]);
});

test.each(["exit_group", "futex", "rt_sigreturn", "mmap"])(
  "without %s a Go program dies everywhere",
  (name) => {
    const finding = lint(without(name)).find(({ rule }) => rule === "missing-call");
    expect(finding).toMatchObject({ severity: "error", sandboxes: [] });
    expect(finding?.message).toContain(name);
  },
);

test("what a launcher alone needs is an error for it alone", () => {
  expect(lint(without("getdents64")).filter(({ severity }) => severity === "error")).toMatchObject([
    { rule: "missing-call", sandboxes: ["runc"] },
  ]);
});

test("bubblewrap's wait may fail, and must not kill it", () => {
  const errors = (profile: OciSeccomp) => lint(profile).filter(({ severity }) => severity === "error");
  expect(errors(without("wait4"))).toEqual([]);
  const { defaultErrnoRet: _, ...kill } = without("wait4");
  expect(errors({ ...kill, defaultAction: "SCMP_ACT_TRAP" })).toMatchObject([{ sandboxes: ["bwrap"] }]);
});

test("a call that Go needs now and then is a warning where it is forbidden, and none at ENOSYS", () => {
  expect(rulesOf(without("sched_yield"))).not.toContain("warning missing-call");
  const { defaultErrnoRet: _, ...eperm } = without("sched_yield");
  expect(rulesOf(eperm)).toContain("warning missing-call");
});

test("mmap under a condition is an error, clone under one is usual", () => {
  const condition = [{ index: 0, value: 1, valueTwo: 0, op: "SCMP_CMP_EQ" as const }];
  const conditional = (name: string) => {
    const profile = without(name);
    return {
      ...profile,
      syscalls: [...profile.syscalls, { names: [name], action: "SCMP_ACT_ALLOW" as const, args: condition }],
    };
  };
  expect(rulesOf(conditional("mmap"))).toContain("error missing-call");
  expect(rulesOf(conditional("clone"))).not.toContain("error missing-call");
});

test("an entry behind an unconditional one of the same call has no effect, and its own line is named", () => {
  const profile = plus({ names: ["mmap"], action: "SCMP_ACT_KILL" });
  const finding = lint(profile).find(({ rule }) => rule === "shadowed-entry");
  const lines = JSON.stringify(profile, null, 2).split("\n");
  expect(lines[(finding?.line ?? 0) - 1]).toContain('"mmap"');
  expect(finding?.line).toBe(lines.findLastIndex((line) => line.includes('"mmap"')) + 1);
});

test("a slip in a name is answered with the nearest; calls of other architectures are no slips", () => {
  const [finding] = lint(plus({ names: ["mprotec"], action: "SCMP_ACT_ALLOW" })).filter(
    ({ rule }) => rule === "unknown-call",
  );
  expect(finding?.message).toContain('Did you mean "mprotect"?');
  expect(
    rulesOf(plus({ names: ["_llseek", "fstat64", "socketcall"], action: "SCMP_ACT_ALLOW" })),
  ).not.toContain("warning unknown-call");
});

test("io_uring is a way around where what it does is denied", () => {
  expect(rulesOf(plus({ names: ["io_uring_setup", "io_uring_enter"], action: "SCMP_ACT_ALLOW" }))).toContain(
    "warning io-uring-around",
  );
});

test("clone3 with another errno than ENOSYS is a trap, and with ENOSYS none", () => {
  const answer = (errnoRet: number) => {
    const profile = without("clone3");
    return {
      ...profile,
      syscalls: [
        ...profile.syscalls,
        { names: ["clone3"], action: "SCMP_ACT_ERRNO" as const, args: [], errnoRet },
      ],
    };
  };
  expect(rulesOf(answer(1))).toContain("warning clone3-errno");
  expect(rulesOf(answer(38))).not.toContain("warning clone3-errno");
});

test("runsc does not start with an action that it does not know", () => {
  expect(
    lint(plus({ names: ["ptrace"], action: "SCMP_ACT_LOG" })).filter(({ severity }) => severity === "error"),
  ).toMatchObject([{ rule: "refused", sandboxes: ["runsc"] }]);
});

test("crun does not start where an errno stands beside an action without one", () => {
  expect(
    lint({ ...good(), defaultAction: "SCMP_ACT_KILL" }).find(({ rule }) => rule === "stray-errno"),
  ).toMatchObject({
    severity: "error",
    sandboxes: ["crun"],
  });
});

test("write that a supervisor answers may hang the start", () => {
  const profile = {
    ...without("write"),
    syscalls: [
      ...without("write").syscalls,
      { names: ["write"], action: "SCMP_ACT_NOTIFY" as const, args: [] },
    ],
  };
  expect(rulesOf(profile)).toContain("warning notify-deadlock");
});

test("a list of what is denied, and a second ABI, are named", () => {
  expect(rulesOf({ ...good(), defaultAction: "SCMP_ACT_ALLOW" })).toContain("warning deny-list");
  expect(rulesOf({ ...good(), architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"] })).toContain(
    "note other-abi",
  );
});

test("errors come first", () => {
  const severities = lint({ ...without("futex"), defaultAction: "SCMP_ACT_KILL" }).map(
    ({ severity }) => severity,
  );
  expect(severities).toEqual(
    [...severities].sort(
      (a, b) => ["error", "warning", "note"].indexOf(a) - ["error", "warning", "note"].indexOf(b),
    ),
  );
  expect(severities[0]).toBe("error");
});
