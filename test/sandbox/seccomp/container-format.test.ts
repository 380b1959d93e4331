import { expect, test } from "vitest";
import {
  type ConversionTarget,
  containerProfileSchema,
} from "../../../src/sandbox/seccomp/container-format.ts";
import { profileMistakes } from "../../../src/sandbox/seccomp/profile-mistakes.ts";
import { ociProfile } from "./profiles.ts";

function convert(profile: Record<string, unknown>, target: Partial<ConversionTarget> = {}) {
  return ociProfile({ defaultAction: "SCMP_ACT_ERRNO", ...profile }, target);
}

function mistakes(profile: Record<string, unknown>): string {
  const json = { defaultAction: "SCMP_ACT_ERRNO", ...profile };
  return profileMistakes(json, containerProfileSchema.safeParse(json).error?.issues ?? []);
}

/** Names of the entries that are left of one with these conditions. */
function kept(conditions: Record<string, unknown>, target: Partial<ConversionTarget> = {}): string[] {
  const entry = { names: ["bpf"], action: "SCMP_ACT_ALLOW", ...conditions };
  return convert({ syscalls: [entry] }, target).syscalls.flatMap(({ names }) => names);
}

test("an entry for a capability applies only where it is kept", () => {
  const conditions = { includes: { caps: ["CAP_SYS_ADMIN"] } };
  expect(kept(conditions)).toEqual([]);
  expect(kept(conditions, { capabilities: ["CAP_SYS_ADMIN"] })).toEqual(["bpf"]);
});

test("all capabilities of includes are needed", () => {
  const conditions = { includes: { caps: ["CAP_SYS_ADMIN", "CAP_BPF"] } };
  expect(kept(conditions, { capabilities: ["CAP_SYS_ADMIN"] })).toEqual([]);
});

test("one capability of excludes is enough to leave an entry out", () => {
  const conditions = { excludes: { caps: ["CAP_SYS_ADMIN", "CAP_BPF"] } };
  expect(kept(conditions)).toEqual(["bpf"]);
  expect(kept(conditions, { capabilities: ["CAP_BPF"] })).toEqual([]);
});

test("an entry for other architectures is left out", () => {
  expect(kept({ includes: { arches: ["arm", "arm64"] } })).toEqual([]);
  expect(kept({ includes: { arches: ["amd64", "x32"] } })).toEqual(["bpf"]);
  expect(kept({ excludes: { arches: ["amd64"] } })).toEqual([]);
});

test("minKernel compares major and minor as numbers", () => {
  const conditions = { includes: { minKernel: "5.9" } };
  expect(kept(conditions, { kernelRelease: "5.10.0" })).toEqual(["bpf"]);
  expect(kept(conditions, { kernelRelease: "5.8.18" })).toEqual([]);
  expect(kept({ excludes: { minKernel: "4.8" } })).toEqual([]);
});

test("empty conditions are none", () => {
  expect(kept({ includes: {}, excludes: {} })).toEqual(["bpf"]);
  expect(kept({ includes: { arches: [] }, excludes: null })).toEqual(["bpf"]);
});

test("archMap gives the architecture with its sub-architectures", () => {
  const archMap = [
    { architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"] },
    { architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86", "SCMP_ARCH_X32"] },
  ];
  expect(convert({ archMap }).architectures).toEqual(["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]);
  expect(convert({ archMap }, { arch: "arm64" }).architectures).toEqual([
    "SCMP_ARCH_AARCH64",
    "SCMP_ARCH_ARM",
  ]);
});

test("an errno by name or number goes before errnoRet", () => {
  const entry = { names: ["bpf"], action: "SCMP_ACT_ERRNO", errnoRet: 1 };
  const errnoRets = convert({
    defaultErrno: "ENOSYS",
    defaultErrnoRet: 1,
    syscalls: [{ ...entry, errno: "EINVAL" }, { ...entry, errno: "13" }, entry],
  });
  expect(errnoRets.defaultErrnoRet).toBe(38);
  expect(errnoRets.syscalls.map(({ errnoRet }) => errnoRet)).toEqual([22, 13, 1]);
});

test("arguments may be null, and valueTwo may be missing", () => {
  const { syscalls } = convert({
    syscalls: [
      { names: ["socket"], action: "SCMP_ACT_ALLOW", args: null },
      { names: ["socket"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value: 16, op: "SCMP_CMP_NE" }] },
    ],
  });
  expect(syscalls[0]?.args).toEqual([]);
  expect(syscalls[1]?.args).toEqual([{ index: 0, value: 16, valueTwo: 0, op: "SCMP_CMP_NE" }]);
});

test("the older form `name` and lists that Go writes as null are taken", () => {
  const { architectures, flags, syscalls } = convert({
    architectures: null,
    archMap: null,
    flags: null,
    syscalls: [
      { name: "read", names: null, action: "SCMP_ACT_ALLOW", args: null, comment: null, includes: null },
      { name: "", names: ["write"], action: "SCMP_ACT_ALLOW", errnoRet: null, errno: "" },
    ],
  });
  expect([architectures, flags]).toEqual([undefined, undefined]);
  expect(syscalls).toEqual([
    { names: ["read"], action: "SCMP_ACT_ALLOW", args: [] },
    { names: ["write"], action: "SCMP_ACT_ALLOW", args: [] },
  ]);
  expect(convert({ syscalls: null }).syscalls).toEqual([]);
});

test("an entry that names no call adds nothing, as in containers-common", () => {
  expect(convert({ syscalls: [{ names: [], action: "SCMP_ACT_KILL" }] }).syscalls).toEqual([]);
});

test("valueTwo may be null", () => {
  const args = [{ index: 0, value: 16, valueTwo: null, op: "SCMP_CMP_NE" }];
  expect(
    convert({ syscalls: [{ names: ["socket"], action: "SCMP_ACT_ALLOW", args }] }).syscalls[0]?.args,
  ).toEqual([{ ...args[0], valueTwo: 0 }]);
});

test("flags and the agent of SCMP_ACT_NOTIFY are kept", () => {
  const kept = { flags: ["SECCOMP_FILTER_FLAG_LOG"], listenerPath: "/run/agent", listenerMetadata: "x" };
  expect(convert(kept)).toMatchObject(kept);
});

test.each([
  [
    { architectures: ["SCMP_ARCH_X86_64"], archMap: [{ architecture: "SCMP_ARCH_X86_64" }] },
    "'architectures' and 'archMap' are both given: use either one.",
  ],
  [
    { syscalls: [{ name: "read", names: ["write"], action: "SCMP_ACT_ALLOW" }] },
    "syscalls[0]: 'name' and 'names' are both given: use either one.",
  ],
  [
    { architectures: ["SCMP_ARCH_X8664"] },
    'architectures[0]: SCMP_ARCH_X8664 is no architecture. Did you mean "SCMP_ARCH_X86_64"?',
  ],
  [
    { flags: ["SECCOMP_FILTER_FLAG_LOGS"] },
    'flags[0]: SECCOMP_FILTER_FLAG_LOGS is no flag of a filter. Did you mean "SECCOMP_FILTER_FLAG_LOG"?',
  ],
  [{ defaultErrno: "EPREM" }, "defaultErrno: EPREM is neither the name nor the number of an errno."],
  [
    { syscalls: [{ names: ["bpf"], action: "SCMP_ACT_ALLOW", includes: { minKernel: "six" } }] },
    "syscalls[0].includes.minKernel: six is no version of a kernel, as 4.8 is.",
  ],
  [{ defaultAction: undefined }, "defaultAction: it is missing."],
  [{ linux: { seccomp: {} } }, "It is a whole config.json: take its linux.seccomp object."],
])("%j is refused in a sentence", (profile, sentence) => {
  expect(mistakes(profile)).toBe(sentence);
});
