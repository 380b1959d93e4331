/** The use case `seccomp generate`: the calls that a program needs, from its code and from a run. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { GLIBC_CALLS } from "../../seccomp/filter/base-calls.ts";
import { type CallSet, callSet } from "../../seccomp/filter/call-set.ts";
import { observeProgram, observeScenario } from "../../seccomp/program/observe.ts";
import { readStaticCalls, runsC } from "../../seccomp/program/static-calls.ts";
import type { UseCaseContext } from "../use-case.ts";
import { interruptible } from "../use-case.ts";
import { findTarget, type Target } from "./target.ts";

export type GenerateRequest = {
  config: ResolvedConfig;
  /** As typed: a scenario, a Go program, the folder of a package. */
  target: string;
  /** The program is run with these under strace; `null` = it is not run. A scenario is always run. */
  args: readonly string[] | null;
  launchers: readonly string[];
};

export type Generated = { name: string; scenarioDir: string | null; calls: CallSet };

/** @throws SbxError where the target is no Go program, does not compile, or fails under strace */
export async function generateFilter(request: GenerateRequest, context: UseCaseContext): Promise<Generated> {
  return interruptible(context, () => generate(request, context));
}

async function generate(
  { config, target: given, args, launchers }: GenerateRequest,
  { say, abort }: UseCaseContext,
): Promise<Generated> {
  const target = await findTarget(given, config, abort);
  try {
    say({ type: "note", message: `reading the code of ${given} …` });
    const code = await readStaticCalls(target.program, given, abort);
    const isRun = target.scenario !== null || args !== null;
    if (isRun) say({ type: "note", message: `running ${given} under strace …` });
    const observed = isRun ? await observe(target, args ?? []) : null;
    const calls = callSet({
      static: code,
      observed,
      libc: runsC(code) ? GLIBC_CALLS : [],
      launchers,
    });
    for (const message of calls.warnings) say({ type: "warning", message });
    return { name: target.name, scenarioDir: target.scenario?.dir ?? null, calls };
  } finally {
    target.release();
  }
}

async function observe({ scenario, program }: Target, args: readonly string[]): Promise<string[]> {
  const recording = await (scenario === null
    ? observeProgram(program, args)
    : observeScenario(scenario, program));
  return recording.syscalls;
}
