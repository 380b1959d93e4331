import { expect, test } from "vitest";
import { explainNamespaceRefusal, readPrivileges } from "../../src/probe/privileges.ts";
import { fakeHost } from "./fake-host.ts";

const REFUSED = "unshare: unshare failed: Operation not permitted";
const status = (uid: number, capabilities: string) => ({
  "proc/self/status": `Name:\tnode\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nCapEff:\t${capabilities}\n`,
});

test("root with all capabilities", () => {
  expect(readPrivileges(fakeHost(status(0, "000001ffffffffff")))).toEqual({ isRoot: true, sysAdmin: true });
});

test("root of a plain container lacks CAP_SYS_ADMIN", () => {
  const privileges = readPrivileges(fakeHost(status(0, "00000000a80425fb")));
  expect(privileges).toEqual({ isRoot: true, sysAdmin: false });
  expect(explainNamespaceRefusal(REFUSED, privileges).fix).toContain("--privileged");
});

test.each([
  ["user.max_user_namespaces", "proc/sys/user/max_user_namespaces", "0"],
  ["kernel.unprivileged_userns_clone", "proc/sys/kernel/unprivileged_userns_clone", "0"],
  [
    "kernel.apparmor_restrict_unprivileged_userns",
    "proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "1",
  ],
])("a plain user is told that %s forbids it", (name, path, value) => {
  const user = { isRoot: false, sysAdmin: false };
  const { reason, fix } = explainNamespaceRefusal(REFUSED, user, fakeHost({ [path]: `${value}\n` }));
  expect(reason).toContain(`${name} is ${value}`);
  expect(fix).toContain(`sysctl -w ${name}=`);
});

test("otherwise the kernel's own words", () => {
  const { reason } = explainNamespaceRefusal(REFUSED, { isRoot: false, sysAdmin: false }, fakeHost({}));
  expect(reason).toContain("Operation not permitted");
});
