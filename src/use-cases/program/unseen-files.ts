/** Which files of a program no sandbox would give it: said before it is launched in one. */
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { plural } from "../../report/kit/format.ts";
import { hostFolders } from "../../run/environment/host-folders.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import type { Bind } from "../../sandbox/driver.ts";
import type { Scenario } from "../../workload/catalogue.ts";
import { type ProgramUseSettings, programBinds } from "./program-use.ts";

export type UnseenFiles = { unseen: string[]; readOnly: string[] };

/** Every sandbox has an empty and writable one of its own. */
const OWN_TMP = /^\/tmp\//;
/** Folders that can't be bound as a whole. */
const NEVER_BOUND = new Set(["/", "/tmp"]);

/** @throws SbxError (exit code 2) where a folder that the program would get can't be given to a sandbox */
export function unseenFiles(
  { command, files }: Pick<ProgramProfile, "command" | "files">,
  flags: ProgramUseSettings,
): UnseenFiles {
  if (files === undefined) return { unseen: [], readOnly: [] };
  const binds = bindsOf(command, flags);
  return {
    unseen: files.read.filter((path) => bindFor(path, binds) === undefined && !isThere(path, binds)),
    readOnly: files.written.filter((path) => {
      const bind = bindFor(path, binds);
      return bind === undefined ? !OWN_TMP.test(path) : bind.readOnly;
    }),
  };
}

/** Of the words behind -- those that name a file which no sandbox has. @throws SbxError (exit code 2) as `refuseUnseen` */
export function requireSeenArguments(command: readonly string[], flags: ProgramUseSettings): void {
  const cwd = flags.work === undefined ? resolve(flags.cwd ?? ".") : resolve(flags.work, flags.cwd ?? ".");
  const named = command
    .slice(1)
    .filter((word) => word.includes("/"))
    .map((word) => resolve(cwd, word))
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path))
    .filter((path) => !EVERYWHERE.test(path) && !isBelow(path, workOf(flags)));
  refuseUnseen(unseenFiles({ command: [...command], files: { read: named, written: [] } }, flags), flags);
}

const EVERYWHERE = /^\/(?:$|(?:dev|proc|sys)(?:\/|$))/;

function workOf({ work }: ProgramUseSettings): string | null {
  return work === undefined ? null : realpathSync(resolve(work));
}

function isBelow(path: string, folder: string | null): boolean {
  return folder !== null && (path === folder || path.startsWith(`${folder}/`));
}

function bindsOf(command: readonly string[], flags: ProgramUseSettings): Bind[] {
  const params = { binds: programBinds(command, flags), work: "" };
  try {
    return hostFolders({
      as: "program",
      definition: { hostPrograms: true } as Scenario["definition"],
      params,
    }).binds;
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    throw new SbxError({
      what: error.what.replace(/^.* can't get/, "The sandboxes can't get"),
      why: error.why,
      fix: "The program gets its working folder and those of --bind: name another --cwd or --bind, or a --work folder to copy.",
    });
  }
}

/** The folders above a bind are made for it, and every sandbox has its own /tmp. */
function isThere(path: string, binds: readonly Bind[]): boolean {
  return path === "/tmp" || binds.some((bind) => isBelow(bind.path, path));
}

/** The innermost one. */
function bindFor(path: string, binds: readonly Bind[]): Bind | undefined {
  return binds.findLast((bind) => isBelow(path, bind.path));
}

/** @throws SbxError (exit code 2) with the files and what to add */
export function refuseUnseen(files: UnseenFiles, flags: ProgramUseSettings): void {
  const said = sentences(files, flags);
  if (said.length === 0) return;
  throw new SbxError({
    what: "The sandboxes lack files of this program",
    why: said.map(({ text }) => text).join("\n"),
    fix: said.map(({ fix }) => fix).join("\n"),
  });
}

export function unseenWarnings(files: UnseenFiles, flags: ProgramUseSettings): string[] {
  return sentences(files, flags).map(
    ({ text, fix }) => `${text} To measure it there (--verify; \`binds\` of docs/programs.md): ${fix}`,
  );
}

const NAMED = 5;

function sentences({ unseen, readOnly }: UnseenFiles, { work }: ProgramUseSettings) {
  const said: { text: string; fix: string }[] = [];
  if (unseen.length > 0) {
    said.push({ text: `No sandbox has ${listed(unseen)}, which it reads.`, fix: bindFix(unseen, "") });
  }
  if (readOnly.length > 0) {
    said.push({
      text: `Every sandbox keeps it from writing ${listed(readOnly)}.`,
      fix: `${work === undefined ? "Let it write in a copy of its folder: --work DIR. Or, and each launch changes them: " : ""}${bindFix(readOnly, ":rw")}`,
    });
  }
  return said;
}

function listed(files: readonly string[]): string {
  const more = files.length - NAMED;
  return `${files.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${plural(more, "more file")}` : ""}`;
}

function bindFix(files: readonly string[], mode: string): string {
  const folders = outermost(files.map(folderOf));
  const bound = folders.filter((folder) => !NEVER_BOUND.has(folder));
  const never = folders.filter((folder) => NEVER_BOUND.has(folder));
  return [
    ...(bound.length > 0 ? [`Add ${bound.map((folder) => `--bind ${folder}${mode}`).join(" ")}.`] : []),
    ...never.map((folder) => `${folder} itself can't be bound: move what lies in it to a folder of its own.`),
  ].join(" ");
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** Without what lies below another one of them. */
function outermost(folders: readonly string[]): string[] {
  const unique = [...new Set(folders)].sort();
  return unique.filter(
    (folder) =>
      !unique.some((other) => other !== folder && !NEVER_BOUND.has(other) && isBelow(folder, other)),
  );
}
