import { type CommandWords, everyCommand, inShort, type OptionWords } from "./command-words.ts";

/** For `sbx-bench completion zsh > "${fpath[1]}/_sbx-bench"`. */
export function zshCompletion(root: CommandWords): string {
  return `#compdef ${root.name}
${everyCommand(root).map(functionOf).join("\n")}
if [ "\${funcstack[1]}" = "_${root.name}" ]; then
  ${nameOf("")} "$@"
else
  compdef ${nameOf("")} ${root.name}
fi
`;
}

function functionOf({ path, options, commands }: CommandWords): string {
  const specs = options.map((option) => `    ${quoted(specOf(option))}`);
  if (commands.length === 0) {
    return `${nameOf(path)}() {\n  _arguments -s \\\n${[...specs, "    '*:: :_files'"].join(" \\\n")}\n}`;
  }
  const list = commands.map(
    ({ name, text }) => `    ${quoted(`${name}:${inShort(text).replaceAll(":", " ")}`)}`,
  );
  const cases = commands.map(({ name, path: own }) => `    ${name}) ${nameOf(own)} ;;`);
  return `${nameOf(path)}() {
  local line state
  _arguments -s -C \\
${[...specs, "    '1: :->command'", "    '*:: :->rest'"].join(" \\\n")}
  case $state in
    command)
      local -a commands=(
${list.join("\n")}
      )
      _describe command commands ;;
    rest) case $line[1] in
${cases.join("\n")}
    esac ;;
  esac
}`;
}

function nameOf(path: string): string {
  return `_sbx_bench${path === "" ? "" : `_${path.replaceAll(/\W/g, "_")}`}`;
}

function specOf({ long, text, argument }: OptionWords): string {
  const about = inShort(text).replaceAll(/[[\]:]/g, " ");
  if (argument === null) return `${long}[${about}]`;
  const action = argument.values.length > 0 ? `(${argument.values.join(" ")})` : "_files";
  return `${long}[${about}]:${argument.name}:${action}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
