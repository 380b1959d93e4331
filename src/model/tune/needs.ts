/** What a switch needs before it can be made. */
import type { Configuration } from "../../plan/cell.ts";

/** What a configuration needs beyond the present one. */
export function needsOf(from: Configuration, to: Configuration): string[] {
  const needs: string[] = [];
  if (to.sandbox === "runsc" && to.platform === "kvm" && from.platform !== "kvm") {
    needs.push(
      "/dev/kvm, and a processor that virtualises; inside a virtual machine that is nested, which gVisor advises against (gvisor.dev/docs/user_guide/platforms)",
    );
  }
  if (to.platform === "ptrace" && from.platform !== "ptrace")
    needs.push("ptrace allowed (kernel.yama.ptrace_scope, CAP_SYS_PTRACE)");
  if (to.network === "sandbox" && from.network !== "sandbox")
    needs.push("a network namespace with an interface: Docker, a CNI plugin, or `ip netns`");
  if (to.seccomp !== "none" && to.seccomp !== from.seccomp) {
    const where =
      to.sandbox === "runsc"
        ? "the profile in the OCI bundle, and --oci-seccomp"
        : "the profile in the OCI bundle";
    needs.push(to.seccomp === "generated" ? `a filter recorded of your program, as ${where}` : where);
  }
  if (to.runsc !== undefined && to.runsc !== from.runsc) needs.push(`runsc ${to.runsc}`);
  if (to.sandbox !== from.sandbox && to.sandbox !== "native")
    needs.push(
      to.sandbox === "unshare" ? "sbx-bench's launcher, or your own code around unshare(1)" : to.sandbox,
    );
  return needs;
}
