/** Calls without which nothing starts, ends or falls back. Pure. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import { LAUNCHERS, launcherCalls } from "../filter/base-calls.ts";
import type { Finding } from "./finding.ts";
import { answerTo, isDenyList, isEnosys, mayPass } from "./profile-view.ts";

/** What breaks a Go program, and how. */
const GO_NEEDS: Record<string, string> = {
  mmap: "Go's runtime gets no memory",
  clone: "Go's runtime starts no thread",
  rt_sigaction: "Go's runtime ends at its start",
  rt_sigprocmask: "Go's runtime ends at its start",
  sigaltstack: "Go's runtime ends at its start",
  futex: "threads of a Go program never wake",
  exit_group: "the program never ends, and may spin for ever",
  rt_sigreturn: "the program dies at its first signal, which Go sends to itself",
  write: "the program prints nothing, not even why it dies",
};

/** Needed now and then: a run without them is luck. */
const GO_MAY_NEED: Record<string, string> = {
  tgkill: "Go preempts a busy goroutine with it",
  getpid: "Go preempts a busy goroutine with it",
  sched_yield: "Go's scheduler spins with it",
  madvise: "Go's runtime gives memory back with it",
  munmap: "Go's runtime and threads give memory back with it",
  nanosleep: "Go's scheduler waits with it",
  restart_syscall: "the kernel resumes an interrupted sleep with it",
  epoll_pwait: "Go waits for files and sockets with it",
};

export function needFindings(profile: OciSeccomp): Finding[] {
  const denied = (name: string) => !mayPass(profile, name);
  // Conditions on clone's flags are usual; of the others every call is needed.
  const partly = (name: string) =>
    name !== "clone" && !denied(name) && answerTo(profile, name).conditional && !isDenyList(profile);
  const finding = (name: string, parts: Pick<Finding, "severity" | "sandboxes" | "message">): Finding => ({
    ...parts,
    rule: "missing-call",
    fix: `Allow ${name}.`,
    at: { text: profile.syscalls.some(({ names }) => names.includes(name)) ? name : "defaultAction", nth: 1 },
  });
  return [
    ...LAUNCHERS.flatMap((launcher) =>
      launcherCalls(launcher)
        .filter((name) => denied(name) && !mayFail(profile, name))
        .map((name) =>
          finding(name, {
            severity: "error",
            sandboxes: [launcher],
            message: `${name} is denied, which it calls after it has loaded the filter: nothing starts`,
          }),
        ),
    ),
    ...Object.entries(GO_NEEDS)
      .filter(([name]) => denied(name))
      .map(([name, effect]) =>
        finding(name, { severity: "error", sandboxes: [], message: `${name} is denied: ${effect}` }),
      ),
    ...Object.keys(GO_NEEDS)
      .filter(partly)
      .map((name) =>
        finding(name, {
          severity: "error",
          sandboxes: [],
          message: `${name} is allowed under conditions only, and Go needs it with many arguments`,
        }),
      ),
    ...Object.entries(GO_MAY_NEED)
      .filter(([name]) => denied(name) && !isEnosys(answerTo(profile, name)))
      .map(([name, use]) =>
        finding(name, {
          severity: "warning",
          sandboxes: [],
          message: `${name} is denied: ${use}, and a run that does not is luck`,
        }),
      ),
  ];
}

/** bubblewrap's first process takes a failed wait for the end of the others; only to be killed in it ends the sandbox. */
function mayFail(profile: OciSeccomp, name: string): boolean {
  return name === "wait4" && answerTo(profile, name).action === "SCMP_ACT_ERRNO";
}
