/** A line on stderr about what takes its time; results alone go to stdout. */
export function note(message: string): void {
  process.stderr.write(`${message}\n`);
}
