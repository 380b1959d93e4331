import { type CommandWords, everyCommand, inShort } from "./command-words.ts";

/** For `sbx-bench completion fish > ~/.config/fish/completions/sbx-bench.fish`. */
export function fishCompletion(root: CommandWords): string {
  const lines = everyCommand(root).flatMap((command) => [
    ...command.commands.map(
      ({ name, text }) => `${begin(root, command)} -f -a ${quoted(name)} -d ${quoted(inShort(text))}`,
    ),
    ...command.options.map(({ long, short, text, argument }) => {
      const names = `-l ${long.replace(/^--/, "")}${short === null ? "" : ` -s ${short.slice(1)}`}`;
      const value =
        argument === null
          ? ""
          : argument.values.length > 0
            ? ` -x -a ${quoted(argument.values.join(" "))}`
            : " -r";
      return `${within(root, command)} ${names}${value} -d ${quoted(inShort(text))}`;
    }),
  ]);
  return `# fish completion of ${root.name}\n${lines.join("\n")}\n`;
}

/** Where a command of it may begin. */
function begin(root: CommandWords, { path, commands }: CommandWords): string {
  if (path === "") return `complete -c ${root.name} -n __fish_use_subcommand`;
  const own = commands.map(({ name }) => name).join(" ");
  return `complete -c ${root.name} -n ${quoted(`__fish_seen_subcommand_from ${path}; and not __fish_seen_subcommand_from ${own}`)}`;
}

function within(root: CommandWords, { path }: CommandWords): string {
  if (path === "") return `complete -c ${root.name}`;
  const seen = path.split(" ").map((name) => `__fish_seen_subcommand_from ${name}`);
  return `complete -c ${root.name} -n ${quoted(seen.join("; and "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
