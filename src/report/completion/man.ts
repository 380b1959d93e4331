import { type CommandWords, everyCommand } from "./command-words.ts";

/** The manual page, man(7): every command with its options and examples. */
export function manPage(root: CommandWords, version: string): string {
  const [program, ...commands] = everyCommand(root) as [CommandWords, ...CommandWords[]];
  return [
    `.TH ${root.name.toUpperCase()} 1 "" "${root.name} ${version}" "User Commands"`,
    ".SH NAME",
    `${escaped(root.name)} \\- ${escaped(program.text)}`,
    ".SH SYNOPSIS",
    `.B ${root.name}`,
    escaped(program.usage),
    ".SH OPTIONS",
    ...optionLines(program),
    ".SH COMMANDS",
    ...commands.flatMap((command) => [
      `.SS ${escaped(`${command.path} ${command.usage}`)}`,
      escaped(command.text),
      ...optionLines(command),
      ...(command.help === "" ? [] : [".PP", ".nf", ...command.help.split("\n").map(escaped), ".fi"]),
    ]),
    "",
  ].join("\n");
}

function optionLines({ options }: CommandWords): string[] {
  return options.flatMap(({ long, short, text, argument }) => [
    ".TP",
    `.B ${escaped(short === null ? long : `${short}, ${long}`)}${argument === null ? "" : ` \\fI${escaped(argument.name)}\\fR`}`,
    escaped(text),
  ]);
}

/** A hyphen is a minus, a leading dot or quote no request. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/, "\\&");
}
