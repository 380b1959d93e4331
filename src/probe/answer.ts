import { oneLine } from "../base/short-text.ts";

/** What a trial found out: it works, or why not and what to do about it. */
export type ProbeAnswer = {
  status: "works" | "unavailable";
  /** Both `null` when it works. */
  reason: string | null;
  fix: string | null;
};

export const WORKS: ProbeAnswer = { status: "works", reason: null, fix: null };

export function unavailable(reason: string, fix: string): ProbeAnswer {
  return { status: "unavailable", reason, fix };
}

/** The line of a program's error output that says most: runsc and runc put the cause last. */
export function lastLine(text: string): string {
  const line =
    text
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1)
      ?.trim() ?? "";
  // runc's log format wraps the sentence: time="..." level=error msg="..."
  const said = (/\bmsg="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line).replaceAll('\\"', '"');
  return oneLine(said, 300);
}
