/** The programs of a command line: the one behind --, and each `--program name=COMMAND`. */
import { basename } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { splitWords } from "../../base/split-words.ts";

export type NamedCommand = {
  /** As in cell ids. */
  name: string;
  command: string[];
};

/** As the configuration's schema has it for `as`. */
const NAME = /^[\w.-]+$/;

/**
 * @param words behind --; empty where there are none
 * @param programs as typed: `name=COMMAND`, or a command alone
 * @throws SbxError (exit code 2) for a command that is empty or that only a shell understands, and for a name twice
 */
export function namedCommands(words: readonly string[], programs: readonly string[]): NamedCommand[] {
  const found = [
    ...programs.map(fromOption),
    ...(words.length === 0 ? [] : [{ name: nameOf(words), command: [...words] }]),
  ];
  const names = found.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return found;
  throw new SbxError({
    what: `Two programs are called ${twice}`,
    why: "The name leads every row of the report, and is part of the cells' ids.",
    fix: `Name them apart: --program ${twice}-a='…' --program ${twice}-b='…'`,
  });
}

function fromOption(given: string): NamedCommand {
  const [, asked, text = given] = /^([\w.-]+)=(.*)$/s.exec(given) ?? [];
  const split = splitWords(text);
  const mistake =
    "mistake" in split ? split.mistake : split.words.length === 0 ? "there is no command in it" : null;
  if ("words" in split && mistake === null) {
    return { name: asked ?? nameOf(split.words), command: split.words };
  }
  throw new SbxError({
    what: `--program ${given}: not a command`,
    why: `${mistake}.`.replace(/^./, (first) => first.toUpperCase()),
    fix: "Write NAME=COMMAND, such as --program 'zip=gzip -kc /usr/bin/perl'; what needs a shell goes through one: 'NAME=sh -c \"…\"'.",
  });
}

/** Of the program's file; what ids can't have becomes a dash. */
function nameOf([program = ""]: readonly string[]): string {
  const name = basename(program).replaceAll(/[^\w.-]+/g, "-");
  return NAME.test(name) && !/^\.+$/.test(name) ? name : "program";
}
