import { type StoredRun, skippedText } from "../../store/stored-run.ts";
import { writeMessage } from "./write.ts";

/** A line on stderr about what takes its time; results alone go to stdout. */
export function note(message: string): void {
  writeMessage(`${message}\n`);
}

const said = new Set<string>();

/**
 * What a reader of a stored run has to know of it: how it was found, and what of it can't be used. Each line once, since
 * `check --until-clear` reads its baseline anew at every look.
 */
export function noteStored({ remark, skipped }: Pick<StoredRun, "remark" | "skipped">): void {
  const lines = [
    ...(remark === null ? [] : [remark]),
    ...skipped.map((line) => `${skippedText(line)}; skipped`),
  ];
  for (const line of lines.filter((one) => !said.has(one))) {
    said.add(line);
    note(`warning  ${line}`);
  }
}
