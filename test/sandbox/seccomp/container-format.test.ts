import { expect, test } from "vitest";
import {
  type ConversionTarget,
  containerProfileSchema,
  convertContainerProfile,
} from "../../../src/sandbox/seccomp/container-format.ts";

const TARGET: ConversionTarget = { capabilities: [], arch: "amd64", kernelRelease: "6.1.0-40-amd64" };

function convert(profile: Record<string, unknown>, target: Partial<ConversionTarget> = {}) {
  const parsed = containerProfileSchema.parse({ defaultAction: "SCMP_ACT_ERRNO", syscalls: [], ...profile });
  return convertContainerProfile(parsed, { ...TARGET, ...target });
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
