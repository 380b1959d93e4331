/**
 * In which line of its output a program says why it ended. Most say it last; a crash is followed by stack traces,
 * registers and notes, and begins with a line of a form of its own.
 */
import { oneLine } from "./short-text.ts";

/** A reason stands in a sentence. */
const LONGEST = 300;

/** How crashes begin, the surest first. */
const CRASHES: ((lines: readonly string[]) => string | undefined)[] = [
  // Go: a panic that was recovered from may have been printed before.
  (lines) => lines.findLast((line) => /^(?:panic|fatal error): /.test(line)),
  python,
  (lines) => lines.find((line) => /^Exception in thread |^Unhandled exception\b/.test(line)),
  (lines) => withNext(lines, /^thread '.*panicked at /, /^(?!note: |stack backtrace:)/),
  (lines) => withNext(lines, /^terminate called /, /^\s+what\(\): /),
  (lines) => lines.find((line) => /\bERROR: \w+Sanitizer: /.test(line)),
  // Node, and what else names its errors so; the trace follows.
  (lines) =>
    lines.findLast((line) =>
      /^(?:Uncaught )?(?:[\w$]+ \[)?(?:[\w$]+\.)*[\w$]*(?:Error|Exception)\b.*: /.test(line),
    ),
  (lines) => lines.find((line) => /^(?:\[signal )?SIG[A-Z]+\b|^unexpected fault address /.test(line)),
  (lines) => lines.find((line) => /^runtime: /.test(line)),
];

/** `error: …`, `[FATAL] …`, `level=error msg=…` */
const COMPLAINT = /(?:^|[\s[(=])(?:error|fatal|critical|panic)(?:[\]):]|\s+msg=)/i;

/**
 * @param outputs of one program, the likeliest first (stderr, then stdout); what it printed as results is no reason
 * @returns one line of at most 300 characters; empty where it said nothing
 */
export function lastWords(...outputs: readonly string[]): string {
  const all = outputs.map(linesOf);
  const crash = all.map(crashLine).find((line) => line !== undefined);
  const first = all[0] ?? [];
  return oneLine(crash ?? first.findLast((line) => COMPLAINT.test(line)) ?? first.at(-1) ?? "", LONGEST);
}

/** Whether the output holds the beginning of a crash. */
export function hasCrash(output: string): boolean {
  return crashLine(linesOf(output)) !== undefined;
}

function crashLine(lines: readonly string[]): string | undefined {
  for (const find of CRASHES) {
    const line = find(lines);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Control characters and the escape sequences that begin with one (ECMA-48): a line of nothing else says nothing. */
const UNSEEN = /\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*)?/gu;

/** A progress bar draws over its line by carriage returns. */
function linesOf(output: string): string[] {
  return output
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line.replaceAll(UNSEEN, "").trim() !== "");
}

/** The exception stands after the last traceback, not indented; notes of it may follow. */
function python(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => line.startsWith("Traceback (most recent call last):"));
  return at === -1 ? undefined : lines.slice(at + 1).find((line) => /^\S/.test(line));
}

/** A line, and the next one where the message stands there. */
function withNext(lines: readonly string[], first: RegExp, next: RegExp): string | undefined {
  const at = lines.findLastIndex((line) => first.test(line));
  if (at === -1) return undefined;
  const following = lines[at + 1];
  return following !== undefined && next.test(following) ? `${lines[at]} ${following}` : lines[at];
}
