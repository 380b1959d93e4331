/** Why there is no profile, in words that say what to do. */
import { SbxError } from "../base/errors.ts";
import { lastWords } from "../base/last-words.ts";
import type { ProfiledProgram } from "./profile-request.ts";

const WANTS_TERMINAL =
  /not a (?:tty|terminal)|inappropriate ioctl|no tty|needs? (?:a|an) (?:tty|terminal|interactive)|must be run (?:from|in|on) a terminal|tty (?:get|is)|standard (?:in|out)put is not|open \/dev\/tty|TERM environment/i;

/**
 * @param outcome as the scenario `program` words it: `exit code 3: no such table`, `signal 11 (segmentation
 *   fault)`, `the command can't be started: …`
 * @param stderr what the program wrote there; of much, both ends
 * @param askedForTerminal a trace has shown it
 */
export function refused(
  program: ProfiledProgram,
  outcome: string,
  stderr: string,
  askedForTerminal: boolean,
): SbxError {
  const name = program.command[0];
  if (/can't be started|executable file not found/.test(outcome)) {
    return new SbxError({
      what: `${name} can't be profiled`,
      why: outcome.replace(/^(?:program: )?(?:repetition \d+: )?/, ""),
      fix: "Give its path, or a name that is in PATH; arguments follow after it.",
    });
  }
  if (WANTS_TERMINAL.test(`${outcome}\n${stderr}`) || askedForTerminal) {
    return new SbxError({
      what: `${name} can't be profiled: it needs a terminal`,
      why: `Profiled programs read /dev/null, as in a sandbox. It ended with ${outcome}.`,
      fix: "Profile it with the options that make it run without one (often named batch or non-interactive).",
    });
  }
  if (/^signal /.test(outcome)) {
    const said = lastWords(stderr);
    const isNew = said !== "" && !outcome.includes(said);
    return new SbxError({
      what: `${name} can't be profiled: it crashes`,
      why: `It ended with ${outcome}.${isNew ? ` Its last words: ${said}` : ""}`,
      fix: "Run it by hand with the same arguments and standard input from /dev/null.",
    });
  }
  if (/^exit code /.test(outcome)) {
    const code = /\d+/.exec(outcome)?.[0];
    return new SbxError({
      what: `${name} can't be profiled: it fails`,
      why: `It ended with ${outcome}; ${program.expectExit} was expected.`,
      fix: `Correct its arguments; if ${code} is how it succeeds, say so with --expect-exit ${code}.`,
    });
  }
  return new SbxError({
    what: `${name} can't be profiled`,
    why: outcome,
    fix: "Run it by hand first, with standard input from /dev/null.",
  });
}

/** @param circumstance " under strace", or nothing */
export function neverEnds(name: string, limitMs: number, circumstance: string): SbxError {
  const seconds = limitMs / 1000;
  return new SbxError({
    what: `${name} can't be profiled: it does not end`,
    why: `It was still running after ${seconds} s${circumstance} and was killed, with all that it had started.`,
    fix: `Give it less to do, or raise the limit: --limit ${Math.ceil(seconds * 4)}s. A server has to be stopped by a client in the same command.`,
  });
}

export function straceMissing(): SbxError {
  return new SbxError({
    what: "System calls can't be counted",
    why: "strace is not installed",
    fix: "apt-get install strace",
    exitCode: 4,
  });
}

/**
 * @param said by strace
 * @param ptraceScope of /proc/sys/kernel/yama/ptrace_scope; `null` where there is none
 */
export function straceRefused(said: string, ptraceScope: string | null): SbxError {
  const scope = ptraceScope === null ? "" : ` (kernel.yama.ptrace_scope is ${ptraceScope})`;
  return new SbxError({
    what: "System calls can't be counted",
    why: `This host does not let strace trace${scope}: ${said}`,
    fix:
      ptraceScope !== null && Number(ptraceScope) > 1
        ? "As root: sysctl kernel.yama.ptrace_scope=1 (3 stays until the next boot); or profile on another host and use the file there."
        : "In a container, allow ptrace (--cap-add SYS_PTRACE, and a seccomp profile that has it); or profile on another host.",
    exitCode: 4,
  });
}

export function stoppedByUser(): SbxError {
  return new SbxError({
    what: "The profile was interrupted",
    why: "It was interrupted; what it had started is gone.",
    fix: "Run the command again.",
    exitCode: 4,
  });
}
