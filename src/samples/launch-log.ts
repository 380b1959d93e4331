/** `launches.ndjson`: appended as launches end, read back by resume and by reports. */
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { SbxError } from "../base/errors.ts";
import { decodeText, readText } from "../base/read-json.ts";
import { readRegularFile } from "../base/regular-file.ts";
import { LAUNCH_SCHEMA, type LaunchRecord } from "./launch-record.ts";
import { launchMistake } from "./launch-shape.ts";

export class LaunchLog {
  readonly #descriptor: number;
  readonly #file: string;

  /** @throws SbxError (exit code 4) when the file can't be opened for appending */
  constructor(file: string) {
    this.#file = file;
    this.#descriptor = guarded(file, () => openSync(file, "a"));
  }

  /** A write(2) of the whole line: it survives the harness's death at any later moment. */
  append(record: LaunchRecord): void {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    guarded(this.#file, () => {
      for (let offset = 0; offset < line.length; ) offset += writeSync(this.#descriptor, line, offset);
    });
  }

  /** To the disk itself, against loss of power; too slow for every launch. */
  flush(): void {
    guarded(this.#file, () => fsyncSync(this.#descriptor));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function guarded<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new SbxError({
      what: `The results can't be written to ${file}`,
      why:
        code === "ENOSPC"
          ? "The disk is full."
          : code === "EROFS" || code === "EACCES"
            ? "The folder may not be written to."
            : String(error),
      fix:
        code === "ENOSPC"
          ? "Free some space and go on with `sbx-bench run --resume`: finished launches are kept."
          : "Choose another folder with --out.",
      exitCode: 4,
      cause: error,
    });
  }
}

export type BadLine = { line: number; message: string };

/**
 * @returns the records, and the lines that are none (a crash can cut off the last one); never throws for content
 * @throws when the file itself can't be read
 */
export function readLaunchLog(file: string): { records: LaunchRecord[]; bad: BadLine[] } {
  const records: LaunchRecord[] = [];
  const bad: BadLine[] = [];
  textOf(file)
    .split("\n")
    .forEach((text, index) => {
      if (text.trim() === "") return;
      const parsed = parseLaunchLine(text);
      if (typeof parsed === "string") bad.push({ line: index + 1, message: parsed });
      else records.push(parsed);
    });
  return { records, bad };
}

/** `.gz` is unpacked. @throws SbxError (exit code 2) where what is packed is cut off or none */
function textOf(file: string): string {
  if (!file.endsWith(".gz")) return readText(file);
  try {
    return decodeText(gunzipSync(readRegularFile(file)));
  } catch (error) {
    if (error instanceof SbxError) throw error;
    throw new SbxError({
      what: `Cannot read ${file}`,
      why: error instanceof Error ? `${error.message}.` : String(error),
      fix: "Copy the file again: it is no whole gzip file.",
      cause: error,
    });
  }
}

/** @returns the record, or why the line is none */
export function parseLaunchLine(text: string): LaunchRecord | string {
  let record: Partial<LaunchRecord> | null;
  try {
    record = JSON.parse(text) as Partial<LaunchRecord> | null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (record === null || typeof record !== "object") return "not an object";
  if (record.schema !== LAUNCH_SCHEMA) return `schema ${String(record.schema)}, not ${LAUNCH_SCHEMA}`;
  if (typeof record.cell !== "string") return "a launch without its cell";
  if (!Number.isInteger(record.round)) return "a launch without its round";
  if (record.status !== "ok" && record.status !== "failed") return `status ${String(record.status)}`;
  const lists = [record.ops, record.values, record.checks, record.skips, record.memory];
  if (!lists.every(Array.isArray)) return "a launch without its samples";
  if (!isObject(record.phases) || !isObject(record.load) || !Array.isArray(record.load?.disturbed))
    return "a launch without its host's part";
  return launchMistake(record as LaunchRecord) ?? (record as LaunchRecord);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Cuts off a last line without its newline, so that the next record starts on a line of its own. */
export function dropPartialLine(file: string): void {
  const content = readFileSync(file);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) truncateSync(file, end);
}
