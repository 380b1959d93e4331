/** Options with one value that are given twice: the last would win in silence, and the user meant both or neither. */
import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";

const repeatables = new WeakSet<object>();

/** Marks the reader of an option that may be given again, and knows what to do then. */
export function repeatable<Reader extends object>(read: Reader): Reader {
  repeatables.add(read);
  return read;
}

/** The same value twice does no harm. @throws SbxError (exit code 2), while the command line is read */
export function refuseRepetition(command: Command): void {
  for (const option of command.options) {
    const { parseArg } = option;
    if (option.isBoolean() || option.variadic || (parseArg !== undefined && repeatables.has(parseArg)))
      continue;
    let first: string | null = null;
    command.on(`option:${option.name()}`, (given: string | null) => {
      if (first !== null && given !== null && given !== first)
        throw givenTwice(option.long ?? option.flags, first, given);
      first ??= given;
    });
  }
}

function givenTwice(option: string, first: string, second: string): SbxError {
  return new SbxError({
    what: `${option} is given twice`,
    why: `It takes one value, and there are ${first} and ${second}.`,
    fix: "Leave one of them out.",
  });
}
