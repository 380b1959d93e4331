import { writeMessage } from "./write.ts";

/** A line on stderr about what takes its time; results alone go to stdout. */
export function note(message: string): void {
  writeMessage(`${message}\n`);
}
