/** The filter as the `linux.seccomp` object of the OCI runtime specification: runc, crun, runsc, containerd, Kubernetes. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import type { CallSet, NeededCall } from "../filter/call-set.ts";

const ENOSYS = 38;

/** What happens to a call that is not listed. `errno`: ENOSYS, as from an older kernel, so that programs fall back. */
export const DENIALS = ["errno", "kill", "log"] as const;
export type Denial = (typeof DENIALS)[number];

const ACTIONS = {
  errno: { defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: ENOSYS },
  kill: { defaultAction: "SCMP_ACT_KILL_PROCESS" },
  log: { defaultAction: "SCMP_ACT_LOG" },
} as const;

/** Which of the calls of its code a run makes is chance: a filter must not change with it. The side file has it. */
function stable(labels: NeededCall["labels"]): NeededCall["labels"] {
  return labels.length > 1 ? labels.filter((label) => label !== "observed") : labels;
}

/** Deterministic: entries by their labels, names sorted. */
export function ociProfile({ calls }: CallSet, denial: Denial): OciSeccomp {
  const origin = ({ labels }: NeededCall) => stable(labels).join(", ");
  const origins = [...new Set(calls.map(origin))].sort();
  return {
    ...ACTIONS[denial],
    architectures: ["SCMP_ARCH_X86_64"],
    syscalls: origins.map((comment) => ({
      names: calls.filter((call) => origin(call) === comment).map(({ name }) => name),
      action: "SCMP_ACT_ALLOW" as const,
      args: [],
      comment,
    })),
  };
}
