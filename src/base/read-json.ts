/**
 * JSON that a user may have written: any byte order mark is accepted, an error says where the mistake is, and a name
 * that an object has twice is one.
 */
import { jsonMistake } from "./json-mistake.ts";
import { readRegularFile } from "./regular-file.ts";

/** `profile.json:3:7: a comma or } is missing` */
export class JsonError extends Error {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;

  constructor(file: string, line: number, column: number, problem: string) {
    super(`${file}:${line}:${column}: ${problem}`);
    this.name = "JsonError";
    this.line = line;
    this.column = column;
  }
}

/**
 * A text file without its byte order mark. Windows' editors write one before UTF-8, and its shell writes UTF-16.
 * @throws SbxError (exit code 2) for what is no regular file or can't be read
 */
export function readText(file: string): string {
  return decodeText(readRegularFile(file));
}

export function decodeText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  // Takes the mark away.
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * @param file its name, for messages
 * @param firstLine number of the text's first line in that file: for a file with one JSON text a line
 * @throws JsonError
 */
export function parseJson(text: string, file: string, firstLine = 1): unknown {
  const json = text.replace(/^\uFEFF/, "");
  // Not only where JSON.parse fails: it takes a name that is given twice, and keeps the last value.
  const mistake = jsonMistake(json);
  if (mistake === null) return JSON.parse(json);
  const before = json.slice(0, mistake.offset).split(/\r\n|\n|\r/);
  throw new JsonError(file, firstLine + before.length - 1, (before.at(-1)?.length ?? 0) + 1, mistake.problem);
}

/** @throws JsonError, or SbxError (exit code 2) for what is no regular file or can't be read */
export function readJson(file: string): unknown {
  return parseJson(readText(file), file);
}
