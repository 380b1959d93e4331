/** stdout and stderr that may be closed, full or read by `head`: what was printed is there, or it is said. */
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import type { Writable } from "node:stream";
import { SbxError } from "../../base/errors.ts";
import { isHostsDoing, reasonOf } from "../../base/reason.ts";

export type StandardStreams = {
  /**
   * Waits until a slow reader has everything.
   * @returns why results could not be printed; null = they could, or the reader had seen enough and closed the pipe
   */
  finished(): Promise<SbxError | null>;
};

/** @param isClosed the caller closed stdout (`>&-`); Node itself then starts with /dev/null in its place */
export function watchStandardStreams(isClosed: boolean): StandardStreams {
  let failure: Error | null = null;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // `| head` ends the printing, and neither the work nor its exit code.
    if (error.code !== "EPIPE") failure ??= error;
  });
  // Progress and warnings that nobody can read any more are dropped: the run goes on.
  process.stderr.on("error", () => {});
  for (const stream of [process.stdout, process.stderr] as (Writable & { fd: number })[]) {
    if (!(stream instanceof Socket)) writeAllOf(stream, isClosed && stream.fd === 1);
  }
  return {
    async finished() {
      await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
      // The error of a write is told after its callback.
      await new Promise((resolve) => setImmediate(resolve));
      return failure === null ? null : unprintable(failure);
    },
  };
}

/** Node writes once to a file, and takes no notice of how much of it the disk had room for. */
function writeAllOf(stream: Writable & { fd: number }, isClosed: boolean): void {
  stream._write = (chunk: Uint8Array | string, encoding, callback): void => {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
    try {
      if (isClosed && bytes.length > 0) throw Object.assign(new Error("stdout is closed"), { code: "EBADF" });
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(stream.fd, bytes, offset);
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback();
  };
}

function unprintable(error: Error): SbxError {
  if (!isHostsDoing(error)) throw error;
  return new SbxError({
    what: "The results could not be printed: stdout can't be written",
    why: reasonOf(error),
    fix: "Send stdout elsewhere and repeat the command; a run's own files are written, and `sbx-bench report` prints them again.",
    exitCode: 4,
    cause: error,
  });
}
