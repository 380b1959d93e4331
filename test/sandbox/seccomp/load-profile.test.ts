import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { filterHash, loadContainerDefault, loadProfile } from "../../../src/sandbox/seccomp/load-profile.ts";

function profileFile(content: unknown): string {
  const dir = mkdtempSync(join(tmpdir(), "sbx-bench-profile-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, "seccomp.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function refusal(action: () => unknown): SbxError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(SbxError);
    return error as SbxError;
  }
  throw new Error("it was not refused");
}

test("an OCI profile is taken as it is", () => {
  const profile = {
    defaultAction: "SCMP_ACT_ERRNO",
    architectures: ["SCMP_ARCH_X86_64"],
    syscalls: [{ names: ["read"], action: "SCMP_ACT_ALLOW", args: [], comment: "why" }],
  };
  expect(loadProfile(profileFile(profile))).toEqual(profile);
});

test("a profile in Docker's format is converted", () => {
  const path = profileFile({
    defaultAction: "SCMP_ACT_ERRNO",
    syscalls: [{ names: ["bpf"], action: "SCMP_ACT_ALLOW", includes: { caps: ["CAP_BPF"] }, excludes: {} }],
  });
  expect(loadProfile(path).syscalls).toEqual([]);
});

test("a byte order mark, which Windows' editors write, changes nothing", () => {
  const path = profileFile('\uFEFF{"defaultAction": "SCMP_ACT_ALLOW"}');
  expect(loadProfile(path).defaultAction).toBe("SCMP_ACT_ALLOW");
});

test("a missing file is named", () => {
  const error = refusal(() => loadProfile("/missing/seccomp.json"));
  expect(error.message).toContain("/missing/seccomp.json");
  expect(error.exitCode).toBe(2);
});

test("what is no JSON is refused", () => {
  const error = refusal(() => loadProfile(profileFile('{\n  "defaultAction":\n}\n')));
  expect(error.why).toMatch(/seccomp\.json:3:1: a value is missing\.$/);
});

test.each([
  ["an unknown action", { defaultAction: "ALLOW" }, "defaultAction"],
  [
    "an entry without an action",
    { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ names: ["bpf"] }] },
    "syscalls[0].action: it is missing",
  ],
  [
    "a number that JavaScript cannot hold exactly",
    `{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["clone"],"action":"SCMP_ACT_KILL",
      "args":[{"index":0,"value":18446744069414584321,"op":"SCMP_CMP_MASKED_EQ"}]}]}`,
    "syscalls[0].args[0].value: about 1.845e19 is too big",
  ],
  ["a list", "[]", "[] is not an object."],
  [
    "a slip in a name, which a runtime would pass over",
    '{"defaultAction":"SCMP_ACT_ERRNO","sysclls":[]}',
    'there is no "sysclls" there. Did you mean "syscalls"?',
  ],
  [
    "a slip in a condition",
    `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["bpf"],"action":"SCMP_ACT_ALLOW","includes":{"cap":["CAP_BPF"]}}]}`,
    'syscalls[0].includes: there is no "cap" there. Did you mean "caps"? Allowed: caps, arches, minKernel.',
  ],
  [
    "an action that is given twice",
    '{"defaultAction":"SCMP_ACT_KILL","defaultAction":"SCMP_ACT_ALLOW"}',
    '"defaultAction" is given twice',
  ],
])("%s is refused with its path", (_name, content, path) => {
  expect(refusal(() => loadProfile(profileFile(content))).why).toContain(path);
});

test("without a container default the package is named, with exit code 4", () => {
  const error = refusal(() => loadContainerDefault(undefined, ["/missing/seccomp.json"]));
  expect(error.exitCode).toBe(4);
  expect(error.fix).toContain("golang-github-containers-common");
});

test("the distribution's default denies by default and allows what Go needs", () => {
  const profile = loadContainerDefault();
  expect(profile.defaultAction).toBe("SCMP_ACT_ERRNO");
  const allowed = profile.syscalls
    .filter(({ action, args }) => action === "SCMP_ACT_ALLOW" && args.length === 0)
    .flatMap(({ names }) => names);
  expect(allowed).toEqual(expect.arrayContaining(["arch_prctl", "clone", "futex", "mmap", "read", "write"]));
  expect(allowed).not.toContain("bpf");
});

test("a filter's hash is what sha256sum says of its file", () => {
  expect(filterHash(profileFile("{}"))).toBe(
    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  );
});

test("notes for people and editors are none of the filter", () => {
  const profile = loadProfile(
    profileFile(
      '{"$schema":"s","_why":"w","description":"d","defaultAction":"SCMP_ACT_LOG","syscalls":[{"names":["bpf"],"action":"SCMP_ACT_ALLOW","x-owner":["o"],"//":"n"}]}',
    ),
  );
  expect(profile).toEqual({
    defaultAction: "SCMP_ACT_LOG",
    syscalls: [{ names: ["bpf"], action: "SCMP_ACT_ALLOW", args: [] }],
  });
});
