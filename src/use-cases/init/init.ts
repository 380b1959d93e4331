/** `init`: a commented configuration for the user's programs, and a CI job that gates them. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { sandboxesOf } from "../../axes/axes.ts";
import { SbxError } from "../../base/errors.ts";
import { writeText } from "../../base/write-text.ts";
import { PROFILE_DEFAULTS } from "../../config/defaults.ts";
import { programSizes } from "../../plan/program-sizes.ts";
import { timeProgram } from "../../profile/time-program.ts";
import { programInput } from "../program/program-input.ts";
import { requireSeenArguments } from "../program/unseen-files.ts";
import { namedCommands } from "../run/named-commands.ts";
import { interruptible, type UseCaseContext } from "../use-case.ts";
import { CI_FILES, type CiSystem, ciText } from "./ci-text.ts";
import { configText } from "./config-text.ts";

export type InitRequest = {
  /** Where the files are written: the working folder of the programs. */
  folder: string;
  /** Behind --; empty where there is no command. */
  words: readonly string[];
  /** `name=COMMAND`, each. */
  programs: readonly string[];
  /** `null` = no CI job. */
  ci: CiSystem | null;
};

export type Inited = {
  /** Relative to the folder. */
  files: string[];
  /** With the time of one native run. */
  programs: { name: string; nativeNs: number }[];
};

const USAGE = "sbx-bench init -- COMMAND";
const CONFIG = "bench.config.ts";
const LIMIT_MS = PROFILE_DEFAULTS.limitSeconds * 1000;

/**
 * Each program runs once natively: that shows that it works, and how often it can be repeated.
 *
 * @returns `null` where it was interrupted; nothing is written then
 * @throws SbxError (exit code 2) for a program that cannot be run, and where a file is there already
 */
export async function init(request: InitRequest, context: UseCaseContext): Promise<Inited | null> {
  const { folder, ci } = request;
  const named = namedCommands(request.words, request.programs);
  const settings = { env: {}, expectExit: 0, cwd: folder };
  if (named.length === 0) programInput([], settings, USAGE);
  const files = [CONFIG, ...(ci === null ? [] : [CI_FILES[ci]])].map((file) => join(folder, file));
  for (const file of files) requireNew(file, folder);
  const inputs = named.map(({ name, command }) => ({ name, input: programInput(command, settings, USAGE) }));
  for (const { input } of inputs) requireSeenArguments(input.command, settings);
  const programs: Inited["programs"] = [];
  for (const { name, input } of inputs) {
    context.say({ type: "note", message: `${name}: natively once …` });
    const nativeNs = await nativeTime(input, context);
    if (nativeNs === null) return null;
    programs.push({ name, nativeNs });
  }
  const sizes = programSizes(
    programs.map(({ nativeNs }) => nativeNs / 1e6),
    sandboxesOf("every").length,
  );
  const texts = [configText(named, sizes), ...(ci === null ? [] : [ciText(ci)])];
  for (const [index, file] of files.entries()) {
    mkdirSync(dirname(file), { recursive: true });
    writeText(file, texts[index]!);
  }
  return { files: files.map((file) => relative(folder, file)), programs };
}

function requireNew(file: string, folder: string): void {
  if (!existsSync(file)) return;
  const name = relative(folder, file);
  throw new SbxError({
    what: `${name} is there already`,
    why: "init writes new files only.",
    fix: "Move it away, or add the program to it: docs/programs.md.",
  });
}

/** @returns `null` where it was interrupted */
function nativeTime(input: ReturnType<typeof programInput>, context: UseCaseContext): Promise<number | null> {
  const { abort } = context;
  return interruptible(context, () =>
    timeProgram({ ...input, limitMs: LIMIT_MS, strace: null, hasConstantTsc: false, abort })
      .then(({ wallNs }) => wallNs)
      .catch((error: unknown) => {
        if (abort.aborted) return null;
        throw error;
      }),
  );
}
