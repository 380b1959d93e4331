/** Which names of a profile are no system calls. Pure. */
import { didYouMean } from "../../base/nearest.ts";
import { syscallName } from "../../profile/syscall-names.ts";
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import type { Finding } from "./finding.ts";

const LAST_NUMBER = 500;

/** On x86-64, as the kernel's table has them. */
export const X86_64_CALLS: readonly string[] = Array.from({ length: LAST_NUMBER }, (_, number) =>
  syscallName(number),
).filter((name) => !name.startsWith("syscall_"));

/** Of other architectures, in container profiles everywhere: without effect on x86-64, and no slip. */
const ELSEWHERE =
  /^(_llseek|mmap2|syscall|_newselect|arm_|breakpoint|cacheflush|set_tls|sync_file_range2|s390_|riscv_|spu_|subpage_prot|sys_debug|switch_endian|swapcontext|socketcall|ipc|recv|send|nice|oldl?stat|oldfstat|olduname|oldolduname|signal|sigaction|sigprocmask|sigreturn|sigpending|sigsuspend|sgetmask|ssetmask|stime|umount|ugetrlimit|waitpid|vm86|vm86old|readdir|pciconfig_|rtas|multiplexer|bdflush|break|ftime|gtty|stty|idle|lock|mpx|prof|profil|ulimit|getpagesize|usr26|usr32|get_tls|timerfd|renameat2)|(64|32|_time64)(_64)?$/;

export function nameFindings(profile: OciSeccomp): Finding[] {
  const known = new Set(X86_64_CALLS);
  const names = new Set(profile.syscalls.flatMap((entry) => entry.names));
  return [...names]
    .filter((name) => !known.has(name) && !ELSEWHERE.test(name))
    .map((name) => ({
      rule: "unknown-call",
      severity: "warning",
      sandboxes: [],
      message: `${name} is no system call that is known here, and every sandbox skips it without a word.${didYouMean(name, X86_64_CALLS)}`,
      fix: "Correct the name, or take it out.",
      at: { text: name, nth: 1 },
    }));
}
