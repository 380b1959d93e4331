/**
 * The only place that writes to the two streams: results to stdout, everything else to stderr. What passes here
 * may hold words of sandboxed programs, file names and other tools, so all of it is made visible.
 */
import { hasColour } from "../../base/terminal-abilities.ts";
import { visibleJson } from "../../base/visible-text.ts";
import { visibleScreen } from "../../report/kit/terminal-table.ts";

/** A result for people, with its newline. */
export function writeResult(text: string): void {
  process.stdout.write(visibleScreen(text, hasColour(process.stdout, process.env)));
}

/** A result for programs: it reads back as it is. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${visibleJson(value)}\n`);
}

/**
 * A result in a format of its own (CSV, XML, annotations), whose renderer has made its text visible: commands to
 * a CI system have to arrive as such.
 */
export function writeRendered(text: string): void {
  process.stdout.write(text);
}

/** To stderr, with its newline. */
export function writeMessage(text: string): void {
  process.stderr.write(visibleScreen(text, hasColour(process.stderr, process.env)));
}

/** To stderr as it is: whoever calls has made its text visible, and moves the cursor where it may. */
export function writeProgress(text: string): void {
  process.stderr.write(text);
}

/** What a script prints, on the stream that it printed it on: made visible by the caller, unless it goes into a pipe. */
export function writeScript(stream: "stdout" | "stderr", bytes: Uint8Array): void {
  process[stream].write(bytes);
}
