/** The use case `seccomp explain`: why a program needs a call, and what a filter does with it. */

import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { loadProfile } from "../../sandbox/seccomp/load-profile.ts";
import { LAUNCHERS } from "../../seccomp/filter/base-calls.ts";
import type { NeededCall } from "../../seccomp/filter/call-set.ts";
import { X86_64_CALLS } from "../../seccomp/lint/names.ts";
import { type Answer, answerTo, mayPass } from "../../seccomp/lint/profile-view.ts";
import type { UseCaseContext } from "../use-case.ts";
import { generateFilter } from "./generate.ts";

export type ExplainRequest = {
  config: ResolvedConfig;
  /** Name of a system call. */
  call: string;
  /** A Go program, package or scenario; `null` = only the filter is asked. */
  program: string | null;
  /** File of a filter; `null` = only the program is asked. */
  filter: string | null;
};

export type Explanation = {
  call: string;
  /** `null` where no program was asked; `needed` is null where the program does not have the call. */
  program: { name: string; needed: NeededCall | null; unresolved: string[] } | null;
  filter: { file: string; passes: boolean; answer: Answer; comments: string[] } | null;
};

/** @throws SbxError (exit code 2) for an unknown call, a missing filter, or no Go program */
export async function explainCall(request: ExplainRequest, use: UseCaseContext): Promise<Explanation> {
  const { call, filter, program } = request;
  if (!X86_64_CALLS.includes(call)) {
    throw new SbxError({
      what: `There is no system call ${call}`,
      why: `The table of x86-64 does not have it.${didYouMean(call, X86_64_CALLS)}`,
      fix: "Name one as strace prints it: openat, clone3.",
    });
  }
  return {
    call,
    program: program === null ? null : await inProgram(program, request, use),
    filter: filter === null ? null : inFilter(filter, call),
  };
}

async function inProgram(name: string, { call, config }: ExplainRequest, use: UseCaseContext) {
  const { calls } = await generateFilter({ config, target: name, args: null, launchers: LAUNCHERS }, use);
  return {
    name,
    needed: calls.calls.find((needed) => needed.name === call) ?? null,
    unresolved: calls.unresolved.map((site) => site.function),
  };
}

function inFilter(file: string, call: string) {
  const profile = loadProfile(file);
  const entries = profile.syscalls.filter(({ names }) => names.includes(call));
  return {
    file,
    passes: mayPass(profile, call),
    answer: answerTo(profile, call),
    comments: entries.flatMap(({ comment }) => (comment === undefined ? [] : [comment])),
  };
}
