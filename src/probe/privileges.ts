/** What this user may do, and why the kernel refuses namespaces. */
import { lastLine, type ProbeAnswer, unavailable } from "./answer.ts";
import { readHostFile } from "./host-files.ts";

export type Privileges = {
  isRoot: boolean;
  /** CAP_SYS_ADMIN in the effective set: root in a plain container lacks it. */
  sysAdmin: boolean;
};

const CAP_SYS_ADMIN = 21n;

export function readPrivileges(root = "/"): Privileges {
  const status = readHostFile(root, "proc/self/status") ?? "";
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  return {
    isRoot: /^Uid:\s+\d+\s+0\s/m.test(status),
    sysAdmin: ((effective >> CAP_SYS_ADMIN) & 1n) === 1n,
  };
}

/** Kernel switches that keep a plain user from making a user namespace, with the value that forbids it. */
const USER_NAMESPACE_SWITCHES = [
  { name: "user.max_user_namespaces", path: "proc/sys/user/max_user_namespaces", forbids: "0", fix: "15000" },
  {
    name: "kernel.unprivileged_userns_clone",
    path: "proc/sys/kernel/unprivileged_userns_clone",
    forbids: "0",
    fix: "1",
  },
  {
    name: "kernel.apparmor_restrict_unprivileged_userns",
    path: "proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    forbids: "1",
    fix: "0",
  },
];

export function explainNamespaceRefusal(stderr: string, privileges: Privileges, root = "/"): ProbeAnswer {
  const said = lastLine(stderr) || "unshare failed without a word";
  if (privileges.isRoot && !privileges.sysAdmin) {
    return unavailable(
      `The kernel refuses new namespaces: this root lacks CAP_SYS_ADMIN, as in a container (${said}).`,
      "Start the container with --privileged, or run on the host itself.",
    );
  }
  if (!privileges.isRoot) {
    const closed = USER_NAMESPACE_SWITCHES.find(({ path, forbids }) => readHostFile(root, path) === forbids);
    if (closed !== undefined) {
      return unavailable(
        `Plain users may not make user namespaces here: ${closed.name} is ${closed.forbids}.`,
        `As root: sysctl -w ${closed.name}=${closed.fix}; or run as root.`,
      );
    }
  }
  return unavailable(`The kernel refuses new namespaces: ${said}`, "Run as root on the host itself.");
}
