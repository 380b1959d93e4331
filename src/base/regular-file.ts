/**
 * Reads what a user named, or what lies where a file is expected, and nothing that has no end: a FIFO waits for a
 * writer that may never come, a device goes on for ever, a folder is an errno in the middle of the work.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { SbxError } from "./errors.ts";

/** @throws SbxError (exit code 2) for what is no regular file or can't be read */
export function readRegularFile(file: string): Buffer {
  return withRegularFile(file, (descriptor) => readFileSync(descriptor));
}

/** For files that are handed to another reader. @throws SbxError as `readRegularFile` */
export function requireRegularFile(file: string): void {
  withRegularFile(file, () => {});
}

/** Opened first and looked at then, so that nothing can take its place in between. */
function withRegularFile<T>(file: string, use: (descriptor: number) => T): T {
  let descriptor: number | null = null;
  try {
    // A FIFO opens at once with O_NONBLOCK; on a regular file it changes nothing (open(2)).
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw unreadable(file, kindOf(found));
    return use(descriptor);
  } catch (error) {
    throw error instanceof SbxError ? error : unreadable(file, whyUnreadable(error), error);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return "It is a folder, and a file is needed.";
  if (found.isFIFO())
    return "It is a FIFO (a named pipe), which is read only once: a regular file is needed.";
  return "It is a device, and a regular file is needed.";
}

/** errno(3) of open(2) and read(2). */
const SENTENCES: Record<string, string> = {
  ENOENT: "It does not exist.",
  ENOTDIR: "A part of the path is a file, and is not a folder.",
  EACCES: "Permission denied.",
  EPERM: "Permission denied.",
  ELOOP: "Its symbolic links lead in a circle.",
  ENAMETOOLONG: "The name is too long.",
  ENXIO: "It is a socket, and a regular file is needed.",
  EMFILE: "Too many files are open in this process (ulimit -n).",
  ERR_FS_FILE_TOO_LARGE: "It is larger than 2 GiB.",
};

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return SENTENCES[code ?? ""] ?? (error instanceof Error ? error.message : String(error));
}

function unreadable(file: string, why: string, cause?: unknown): SbxError {
  return new SbxError({
    what: `${file} cannot be read`,
    why,
    fix: "Put a regular file there that you may read, or name another.",
    cause,
  });
}
