/** Which file of the host a call opened, from its line in a strace trace. Pure. */
import type { StraceResult } from "./strace-line.ts";

const OPENS = new Set(["open", "openat", "openat2", "creat"]);
const WRITES = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC)\b/;
/** Every sandbox has these, or has its own. */
const EVERYWHERE = /^\/(?:$|(?:usr|bin|sbin|lib|lib32|libx32|lib64|etc|dev|proc|sys)(?:\/|$)|memfd:)/;

export type OpenedFile = { path: string; isWritten: boolean };

/** @returns `null` where none was opened, or one that every sandbox has */
export function openedFile(name: string, args: string, result: StraceResult): OpenedFile | null {
  const path = pathOf(name, args, result);
  if (path === null || EVERYWHERE.test(path)) return null;
  return { path, isWritten: name === "creat" || (OPENS.has(name) && WRITES.test(args)) };
}

function pathOf(name: string, args: string, { note, returned }: StraceResult): string | null {
  if (OPENS.has(name)) return note?.startsWith("/") === true ? unescaped(note) : null;
  if (name !== "execve" || returned !== 0) return null;
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(args)?.[1];
  return quoted?.startsWith("/") === true ? unescaped(quoted) : null;
}

/** strace writes bytes beyond ASCII, and what delimits a text, in octal or as in C. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  const bytes = text.replaceAll(/\\([0-7]{1,3}|.)/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (C_ESCAPES[code] ?? code),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const C_ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f" };
