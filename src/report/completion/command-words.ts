/** The command line as data, and how completions and the manual page read it. Pure. */

export type OptionWords = {
  long: string;
  short: string | null;
  text: string;
  /** What follows it; `null` for a switch. */
  argument: { name: string; values: string[]; isPath: boolean } | null;
};

export type CommandWords = {
  /** `seccomp lint`; empty for the program itself. */
  path: string;
  name: string;
  text: string;
  /** `[options] <file>`, as help shows it. */
  usage: string;
  /** What help says after the options. */
  help: string;
  options: OptionWords[];
  commands: CommandWords[];
};

/** All of the tree, the root first. */
export function everyCommand(root: CommandWords): CommandWords[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}

/** The first clause, for lists. */
export function inShort(text: string): string {
  return /^[^;(]*?(?=[.;:(]|$)/.exec(text)?.[0].trim() ?? text;
}
