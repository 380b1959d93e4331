import { expect, test } from "vitest";
import { generateProfile } from "../../../src/sandbox/seccomp/generated.ts";
import { lintForGvisor } from "../../../src/sandbox/seccomp/gvisor-dialect.ts";

function originOf(profile: ReturnType<typeof generateProfile>, name: string): string | undefined {
  return profile.syscalls.find(({ names }) => names.includes(name))?.comment;
}

test("what is not allowed answers ENOSYS", () => {
  expect(generateProfile([])).toMatchObject({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 38 });
});

test("each call says where it comes from", () => {
  const profile = generateProfile(["socket", "write"]);
  expect(originOf(profile, "socket")).toBe("recorded");
  expect(originOf(profile, "write")).toBe("recorded, Go 1.26 runtime");
  expect(originOf(profile, "tgkill")).toBe("Go 1.26 runtime");
  expect(originOf(profile, "restart_syscall")).toBe("injected by the kernel");
  expect(originOf(profile, "execve")).toBe("launcher");
  expect(originOf(profile, "ptrace")).toBeUndefined();
});

test("each call is listed once", () => {
  const names = generateProfile(["write", "write", "execve"]).syscalls.flatMap((entry) => entry.names);
  expect(new Set(names).size).toBe(names.length);
});

test("the same recording gives the same profile, in whatever order it was seen", () => {
  expect(generateProfile(["write", "socket"])).toEqual(generateProfile(["socket", "write"]));
});

test("runsc would start with it", () => {
  expect(lintForGvisor(generateProfile(["socket"])).fatal).toEqual([]);
});
