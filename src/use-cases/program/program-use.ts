import { dirname, isAbsolute, resolve } from "node:path";
import type { BenchConfig } from "../../config/define-config.ts";
import type { ProgramSettings } from "./program-input.ts";

export type ProgramUseSettings = ProgramSettings & {
  /** Folders that it sees in the sandboxes: `/srv/data`, `data:rw`. */
  bind?: string[];
};

type ScenarioUse = NonNullable<BenchConfig["scenarios"]>[number];

/** Folders that the scenario binds as "system" already. */
const SYSTEM = /^\/(usr|bin|sbin|lib|lib64|etc)(\/|$)/;

/** What its sandboxes see of the host, as the scenario `program` takes it; absolute. */
export function programBinds(command: readonly string[], flags: ProgramUseSettings): string[] {
  const [program = ""] = command;
  const cwd = resolve(flags.cwd ?? ".");
  const seen = [
    ...(flags.work === undefined ? [cwd] : []),
    ...(isAbsolute(program) ? [dirname(program)] : []),
    ...(flags.stdin === undefined ? [] : [dirname(resolve(flags.stdin))]),
  ].filter((folder) => !SYSTEM.test(folder));
  return ["system", ...new Set([...seen, ...(flags.bind ?? []).map(absoluteBind)])];
}

function absoluteBind(text: string): string {
  const [, path = text, mode = ""] = /^(.*?)(:r[ow])?$/.exec(text) ?? [];
  return `${resolve(path)}${mode}`;
}

/**
 * A command as a use of the scenario `program`. It sees its working folder read-only, at its own path, so that a
 * run can't change it; with `work` a copy, which it may write to.
 */
export function programUse(as: string, command: readonly string[], flags: ProgramUseSettings): ScenarioUse {
  const cwd = resolve(flags.cwd ?? ".");
  return {
    use: "program",
    as,
    params: {
      argv: [...command],
      binds: programBinds(command, flags),
      work: flags.work === undefined ? "" : resolve(flags.work),
      cwd: flags.work === undefined ? cwd : (flags.cwd ?? ""),
      env: Object.entries(flags.env).map(([name, value]) => `${name}=${value}`),
      stdin: flags.stdin === undefined ? "" : resolve(flags.stdin),
      expectExit: flags.expectExit,
    },
  };
}
