/** The corpus as scenarios of a run: what each program is started with, and what it has to print. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { ScenarioUse } from "../../src/config/resolved-config.ts";
import { copyWork } from "../../src/run/environment/host-folders.ts";
import type { CorpusFolder } from "./corpus-folder.ts";
import type { Program } from "./programs.ts";

/** Cold caches and a busy host included; natively each takes 60 to 300 ms. */
const NATIVE_LIMIT_MS = 20_000;
/** Under ptrace the slowest takes a few seconds. */
const LIMIT_MS = 60_000;

/** What a launch does: parameters of the scenario `program`. */
export type Repetitions = { repeat: number; warmup: number; memoryAt: number };

export type CorpusUse = ScenarioUse & { use: "program" };

/** A program that this host lacks, with what to do about it. */
export type MissingProgram = { name: string; reason: string };

/** Commands that the program needs and this host has not; null where it has all. */
export async function missingCommands(program: Program): Promise<MissingProgram | null> {
  const missing = [];
  for (const [command, debianPackage] of Object.entries(program.needs)) {
    const { exitCode } = await execa("sh", ["-c", 'command -v "$0"', command], { reject: false });
    if (exitCode !== 0) missing.push({ command, debianPackage });
  }
  if (missing.length === 0) return null;
  const commands = missing.map(({ command }) => command).join(", ");
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(" ");
  return {
    name: program.name,
    reason: `needs ${commands}: apt-get install --no-install-recommends ${packages}`,
  };
}

/**
 * Runs the program once natively, for how much it prints.
 * @throws an error with its last words when it fails here
 */
export async function corpusUse(
  program: Program,
  folder: CorpusFolder,
  repetitions: Repetitions,
): Promise<CorpusUse> {
  const isStatic = Object.keys(program.needs).length === 0;
  const argv = program.argv(folder);
  const work = program.work?.(folder) ?? "";
  const env = program.env?.(folder) ?? {};
  const stdin = program.stdin?.(folder) ?? "";
  const printed = await nativeOutputBytes({ argv, work, env, stdin });
  const goroot = program.env === undefined ? [] : [folder.goroot];
  return {
    use: "program",
    as: program.name,
    params: {
      argv,
      work,
      env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      stdin,
      binds: [...(isStatic ? [] : ["system"]), folder.dir, ...goroot],
      ...repetitions,
      timeoutMs: LIMIT_MS,
      expectStdoutBytes: printed,
    },
  };
}

type Started = { argv: string[]; work: string; env: Record<string, string>; stdin: string };

async function nativeOutputBytes({ argv, work, env, stdin }: Started): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "sbx-bench-corpus-"));
  try {
    if (work !== "") await copyWork(work, dir);
    const [command = "", ...args] = argv;
    const { stdout } = await execa(command, args, {
      cwd: dir,
      env: { LC_ALL: "C", HOME: dir, ...env },
      encoding: "buffer",
      stripFinalNewline: false,
      maxBuffer: 2 ** 26,
      timeout: NATIVE_LIMIT_MS,
      ...(stdin === "" ? { stdin: "ignore" as const } : { inputFile: stdin }),
    });
    return stdout.length;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
