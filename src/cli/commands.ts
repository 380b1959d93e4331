/** Every command by its name, one file each under commands/. */
import type { Command } from "commander";

export type AddCommand = (program: Command) => void;

/** In the order of the help. Each brings what it needs, so that only those that are named are loaded. */
const COMMANDS: Record<string, () => Promise<AddCommand>> = {
  setup: async () => (await import("./commands/setup.ts")).addSetup,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctor,
  init: async () => (await import("./commands/init.ts")).addInit,
  plan: async () => (await import("./commands/plan.ts")).addPlan,
  run: async () => (await import("./commands/run.ts")).addRun,
  report: async () => (await import("./commands/report.ts")).addReport,
  seccomp: async () => (await import("./commands/seccomp.ts")).addSeccomp,
  runsc: async () => (await import("./commands/runsc.ts")).addRunsc,
  baseline: async () => (await import("./commands/baseline.ts")).addBaseline,
  history: async () => (await import("./commands/history.ts")).addHistory,
  compare: async () => (await import("./commands/compare.ts")).addCompare,
  check: async () => (await import("./commands/check.ts")).addCheck,
  profile: async () => (await import("./commands/profile.ts")).addProfile,
  predict: async () => (await import("./commands/predict.ts")).addPredict,
  capacity: async () => (await import("./commands/capacity.ts")).addCapacity,
  tune: async () => (await import("./commands/tune.ts")).addTune,
  exec: async () => (await import("./commands/exec.ts")).addExec,
  scan: async () => (await import("./commands/scan.ts")).addScan,
  probes: async () => (await import("./commands/probes.ts")).addProbes,
  completion: async () => (await import("./commands/completion.ts")).addCompletion,
};

/**
 * The commands that a command line can mean: all of them where it begins with none, so that help lists them and a slip is
 * answered with the nearest; none where only the version is asked for.
 *
 * @param words as in `process.argv`, without the program
 */
export function commandsFor(words: readonly string[]): Promise<AddCommand[]> {
  const names = Object.keys(COMMANDS);
  const first = words.find((word) => !word.startsWith("-"));
  const wanted =
    first !== undefined && names.includes(first)
      ? names.filter((name) => words.includes(name))
      : words.length === 1 && ["--version", "-V"].includes(words[0]!)
        ? []
        : names;
  return Promise.all(wanted.map((name) => COMMANDS[name]!()));
}
