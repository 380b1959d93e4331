/** How many instructions a filter runs for each call that it allows. Pure. */
import { syscallNumber } from "../../profile/syscall-names.ts";
import { X86_64_CALLS } from "../lint/names.ts";
import { AUDIT_ARCH_X86_64, evaluate, type Instruction, SECCOMP_RET_ALLOW } from "./emulate.ts";

export type CallCost = {
  name: string;
  number: number;
  /** Without arguments (all 0). */
  executed: number;
  /** The kernel's bitmap answers before the filter runs (Linux 5.11). */
  isCached: boolean;
};

export type FilterCosts = {
  instructions: number;
  /** Fewest instructions first. */
  allowed: CallCost[];
};

export function filterCosts(program: readonly Instruction[]): FilterCosts {
  const allowed = X86_64_CALLS.flatMap((name): CallCost[] => {
    const number = syscallNumber(name);
    if (number === undefined) return [];
    const { executed, verdict, isConstant } = evaluate(program, { nr: number, arch: AUDIT_ARCH_X86_64 });
    if (verdict !== SECCOMP_RET_ALLOW) return [];
    return [{ name, number, executed, isCached: isConstant }];
  });
  allowed.sort((a, b) => a.executed - b.executed || a.number - b.number);
  return { instructions: program.length, allowed };
}
