/** The command line as data: what completions and the manual page are made of. */
import type { EventEmitter } from "node:events";
import { Command, type Option } from "commander";
import type { CommandWords, OptionWords } from "../../report/completion/command-words.ts";
import { commandsFor } from "../commands.ts";
import { configureProgram } from "../program.ts";

const PATH_ARGUMENT = /^(file|files|dir|folder|path|run|baseline file|binary|profile)s?$/i;
/** `none, host, sandbox`, alone or before what else is said. */
const LISTED_VALUES = /^(?:[a-z][\w-]*, )+[a-z][\w-]*(?=$|;| \()/;

function commandTree(command: Command, parents: readonly string[] = []): CommandWords {
  const path = [...parents, command.name()];
  return {
    path: path.slice(1).join(" "),
    name: command.name(),
    text: command.description(),
    usage: command.usage(),
    help: helpAfter(command),
    options: command.createHelp().visibleOptions(command).map(optionWords),
    commands: command.commands.map((one) => commandTree(one, path)),
  };
}

function optionWords(option: Option): OptionWords {
  const name = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1]?.replace("...", "") ?? null;
  const listed = LISTED_VALUES.exec(option.description)?.[0].split(", ") ?? [];
  return {
    long: option.long ?? option.flags,
    short: option.short ?? null,
    text: option.description,
    argument:
      name === null
        ? null
        : { name, values: [...(option.argChoices ?? listed)], isPath: PATH_ARGUMENT.test(name) },
  };
}

/** Commander keeps it as a listener of the help's event. */
function helpAfter(command: Command): string {
  const context = { error: false, command, write: () => {} };
  let text = "";
  (command as unknown as EventEmitter).emit("afterHelp", {
    ...context,
    write: (part: string) => (text += part),
  });
  return text.trim();
}

/** With all of its commands. */
export async function wholeCommandTree(): Promise<CommandWords> {
  return commandTree(configureProgram(new Command(), await commandsFor([])));
}
