/** The system calls that a program needs, each with where it is known from. Pure. */
import { syscallName } from "../../profile/syscall-names.ts";
import { type CallSite, runsC, type StaticCalls, type UnresolvedSite } from "../program/static-calls.ts";
import { KERNEL_INJECTED, launcherCalls } from "./base-calls.ts";

/**
 * `static`: the program's code has it. `runtime`: Go's own code, which is in every program, has it. `observed`: a run
 * under strace made it. `libc`: the C library of a dynamic program may make it. `launcher`: what starts the program makes
 * it after the filter is loaded. `kernel-injected`: no code has it, the kernel makes the program call it.
 */
const LABELS = ["static", "runtime", "observed", "libc", "launcher", "kernel-injected"] as const;
type Label = (typeof LABELS)[number];

export type NeededCall = {
  /** As the kernel's table has it. */
  name: string;
  labels: Label[];
  /** Places in the code, nearest to main first. */
  sites: CallSite[];
};

export type CallSet = {
  goVersion: string;
  /** Sorted by name. */
  calls: NeededCall[];
  /** Places whose number is computed: what they call is in the filter only where it was observed. */
  unresolved: UnresolvedSite[];
  warnings: string[];
};

export type CallSources = {
  static: StaticCalls;
  /** Names seen by strace; `null` = the program was not run. */
  observed: readonly string[] | null;
  /** Names that the C library may call; empty for a static program. */
  libc: readonly string[];
  launchers: readonly string[];
};

export function callSet({ static: code, observed, libc, launchers }: CallSources): CallSet {
  const calls = new Map<string, NeededCall>();
  const add = (name: string, label: Label, sites: CallSite[] = []) => {
    const call = calls.get(name) ?? { name, labels: [], sites: [] };
    if (!call.labels.includes(label)) call.labels.push(label);
    call.sites.push(...sites);
    calls.set(name, call);
  };
  for (const { number, sites } of code.calls) {
    for (const site of [...sites].sort(nearestFirst)) {
      add(syscallName(number), isRuntime(site.function) ? "runtime" : "static", [site]);
    }
  }
  for (const name of libc) add(name, "libc");
  for (const name of observed ?? []) add(name, "observed");
  for (const launcher of launchers) for (const name of launcherCalls(launcher)) add(name, "launcher");
  for (const name of KERNEL_INJECTED) add(name, "kernel-injected");
  return {
    goVersion: code.goVersion,
    calls: [...calls.values()]
      .map((call) => ({ ...call, labels: LABELS.filter((label) => call.labels.includes(label)) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    unresolved: code.unresolved,
    warnings: warnings(code, observed, calls.get("execve")?.labels.includes("static") === true),
  };
}

/** The packages that are in every Go program. */
function isRuntime(name: string): boolean {
  return /^(runtime[./]|internal\/runtime\/|_rt0_)/.test(name);
}

const ROOTS = ["main", "init", "runtime", "pointer"];

function nearestFirst(a: CallSite, b: CallSite): number {
  return (
    ROOTS.indexOf(a.root) - ROOTS.indexOf(b.root) ||
    a.path.length - b.path.length ||
    (a.function < b.function ? -1 : 1)
  );
}

function warnings(code: StaticCalls, observed: readonly string[] | null, startsOthers: boolean): string[] {
  const { unresolved, libraries } = code;
  const found: string[] = [];
  if (unresolved.length > 0) {
    const names = [...new Set(unresolved.map((site) => site.function))];
    found.push(
      `${unresolved.length === 1 ? "1 place computes its call's number" : `${unresolved.length} places compute their call's number`}, and what they call is in the filter only where it was observed: ${names.join(", ")}`,
    );
  }
  if (startsOthers) {
    found.push(
      `the program can start others, which inherit the filter: their calls are in it only ${observed === null ? "where the program is run with them (-- ARGUMENTS)" : "as far as the observed run made them"}`,
    );
  }
  if (runsC(code)) {
    const names = libraries.length > 0 ? ` (${libraries.join(", ")})` : "";
    found.push(
      `the program runs C code${names}: its calls are known from ${observed === null ? "glibc's usual set" : "glibc's usual set and the observed run"} only`,
    );
  }
  return found;
}
