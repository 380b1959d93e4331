import { expect, test } from "vitest";
import { containerProfileSchema } from "../../../src/sandbox/seccomp/container-format.ts";
import { callSet } from "../../../src/seccomp/filter/call-set.ts";
import { goSnippet } from "../../../src/seccomp/formats/go-snippet.ts";
import { ociProfile } from "../../../src/seccomp/formats/oci.ts";
import { provenance } from "../../../src/seccomp/formats/provenance.ts";
import { spoYaml } from "../../../src/seccomp/formats/spo.ts";
import { staticCalls } from "../made-calls.ts";

const calls = callSet({ static: staticCalls(), observed: ["socket"], libc: [], launchers: ["runc"] });

test("the OCI profile is one, allows each call once, and answers ENOSYS to all others", () => {
  const profile = ociProfile(calls, "errno");
  expect(containerProfileSchema.safeParse(profile).success).toBe(true);
  const names = profile.syscalls.flatMap((entry) => entry.names);
  expect(names.toSorted()).toEqual(calls.calls.map(({ name }) => name));
  expect(profile).toMatchObject({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 38 });
});

test("--deny kill kills the process, and has no errno", () => {
  expect(ociProfile(calls, "kill")).toMatchObject({ defaultAction: "SCMP_ACT_KILL_PROCESS" });
  expect(ociProfile(calls, "kill").defaultErrnoRet).toBeUndefined();
});

test("an entry says where its calls come from", () => {
  const entry = ociProfile(calls, "errno").syscalls.find(({ names }) => names.includes("getdents64"));
  expect(entry?.comment).toBe("launcher");
});

test("whether a run happened to make a call of the code changes nothing in the filter", () => {
  const made = (observed: string[]) =>
    ociProfile(callSet({ static: staticCalls(), observed, libc: [], launchers: ["runc"] }), "errno");
  expect(made(["write", "futex"])).toEqual(made([]));
});

test("the operator's resource has a name that Kubernetes takes, and every call", () => {
  const yaml = spoYaml(ociProfile(calls, "errno"), "My Program_2");
  expect(yaml).toContain("  name: my-program-2\n");
  for (const { name } of calls.calls) expect(yaml).toContain(`        - ${name}\n`);
});

test("the Go code lists every call", () => {
  const code = goSnippet(ociProfile(calls, "kill"));
  expect(code).toContain("DefaultAction: seccomp.ActionKillProcess,");
  for (const { name } of calls.calls) expect(code).toContain(`"${name}",`);
});

test("the side file says of each call by which functions it is reached", () => {
  const write = provenance(calls, "p").calls.find(({ name }) => name === "write");
  expect(write).toMatchObject({
    labels: ["static"],
    siteCount: 1,
    sites: [{ function: "syscall.write", path: ["main.main"] }],
  });
});
