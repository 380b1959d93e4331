/** Whether the kernel could execute a file, found out before it is asked. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { SbxError } from "../base/errors.ts";

/** execve(2) reads no more of a script's first line (BINPRM_BUF_SIZE, include/uapi/linux/binfmts.h). */
const HEAD_BYTES = 256;

/** By the ending of a script: what usually runs it. */
const INTERPRETERS: Record<string, string> = {
  py: "python3",
  sh: "sh",
  bash: "bash",
  pl: "perl",
  rb: "ruby",
  js: "node",
  mjs: "node",
  ts: "node",
  go: "go run",
};

/**
 * @param name as the user typed it
 * @param file its whole path; exists
 * @throws SbxError (exit code 2) for a folder, a file that may not be executed, and a script without an interpreter
 */
export function requireProgram(name: string, file: string): void {
  const found = statSync(file);
  if (found.isDirectory()) throw refused(name, "It is a folder.", "Name a program in it.");
  if (!found.isFile()) throw refused(name, "It is neither a file nor a link to one.", "Name a program.");
  const interpreter = interpreterOf(name);
  const through = interpreter === null ? "" : `name what runs it: -- ${interpreter} ${name}`;
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw refused(
      name,
      "It has no execute permission.",
      `If it is a program: chmod +x ${name}${through === "" ? "." : `, or ${through}`}`,
    );
  }
  const head = headOf(file);
  // Unreadable, a program of the machine, or a format that the host has registered (binfmt_misc).
  if (head === null || head.includes("\0")) return;
  if (!head.startsWith("#!")) {
    if (head === "") throw refused(name, "It is empty.", "Name another file.");
    throw refused(
      name,
      "It is a text whose first line does not name an interpreter (#!…).",
      through === "" ? "Name the program that reads it." : `Correct that line, or ${through}`,
    );
  }
  requireInterpreter(name, head);
}

function requireInterpreter(name: string, head: string): void {
  const line = head.slice(2).split("\n")[0] ?? "";
  const [interpreter = ""] = line.trimStart().split(/[ \t]/);
  if (interpreter !== "" && existsSync(interpreter)) return;
  throw refused(
    name,
    interpreter.endsWith("\r")
      ? `Its first line ends with a carriage return (a file written on Windows): #!${line.trim()}`
      : `Its interpreter ${interpreter} does not exist.`,
    "Correct its first line.",
  );
}

/** @returns `null` for an ending that is no script's; a file without one is mostly a shell's */
function interpreterOf(name: string): string | null {
  const ending = /\.(\w+)$/.exec(basename(name))?.[1];
  return ending === undefined ? "sh" : (INTERPRETERS[ending] ?? null);
}

function headOf(file: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return null;
  }
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.toString("latin1", 0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

function refused(name: string, why: string, fix: string): SbxError {
  return new SbxError({ what: `${name} is not a program that can be run`, why, fix });
}
