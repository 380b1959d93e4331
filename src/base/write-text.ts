import { closeSync, constants, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { SbxError } from "./errors.ts";
import { isStdout, outputTarget } from "./output-target.ts";
import { reasonOf } from "./reason.ts";
import { makeResultFolder } from "./result-folder.ts";
import { writeAtomically } from "./write-atomically.ts";

/** How long to wait for the reader of a full pipe that does not block, ms. */
const FULL_PIPE_PAUSE_MS = 2;

/**
 * Writes to what the user named, and is the only way there. A regular file, or one that is not there yet, gets its
 * new content whole or not at all, and the last folder of its path is made where it is missing; a link leads to its target; a device, FIFO or pipe is
 * written into; `-` is stdout.
 *
 * @param option which names the file, for the error
 * @returns false where the reader of a FIFO or pipe closed it before it had everything
 * @throws SbxError (exit code 4) where that can't be
 */
export function writeText(file: string, content: string | Uint8Array, option = "--output-file"): boolean {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const refused = (why: string, cause?: unknown) =>
    new SbxError({
      what: `Cannot write ${isStdout(file) ? "to stdout" : file || '""'}`,
      why,
      fix: `Name another file with ${option}; - is stdout.`,
      exitCode: 4,
      cause,
    });
  try {
    const target = outputTarget(file);
    switch (target.kind) {
      case "refused":
        throw refused(target.why);
      case "descriptor":
        // After what was printed before it. What comes of it is told by whoever watches stdout.
        if (target.descriptor !== 1) return writeInto(target.descriptor, bytes);
        process.stdout.write(bytes);
        return true;
      case "into":
        return writeIntoNamed(target.path, bytes);
      case "replace":
        makeResultFolder(dirname(target.path));
        writeAtomically(target.path, bytes);
        return true;
    }
  } catch (error) {
    if (error instanceof SbxError) throw error;
    throw refused(reasonOf(error), error);
  }
}

function writeIntoNamed(path: string, bytes: Uint8Array): boolean {
  // Without O_CREAT: if it is gone by now, a file of that name is not what was asked for.
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NOCTTY);
  try {
    return writeInto(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** A reader that has seen enough and closes its end is no error (EPIPE). */
function writeInto(descriptor: number, bytes: Uint8Array): boolean {
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
    }
  }
  return true;
}
