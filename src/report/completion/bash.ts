import { type CommandWords, everyCommand, type OptionWords } from "./command-words.ts";

/** For `source <(sbx-bench completion bash)`; after `--` and where nothing is known, files. */
export function bashCompletion(root: CommandWords): string {
  const commands = everyCommand(root);
  return `# bash completion of ${root.name}
_sbx_bench() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [ "$word" = -- ] && { compopt -o default; return; }
    case "\${command:+$command }$word" in
${commands
  .filter(({ path }) => path !== "")
  .map(({ path }) => `      '${path}') command='${path}' ;;`)
  .join("\n")}
    esac
  done
  local options= commands=
  case $command in
${commands.map(caseOf).join("\n")}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [ -n "$commands" ]; then
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  else
    compopt -o default
  fi
}
complete -F _sbx_bench ${root.name}
`;
}

function caseOf({ path, options, commands }: CommandWords): string {
  const values = options.flatMap(valueCase);
  return [
    `    '${path}')`,
    ...(values.length === 0 ? [] : [`      case $previous in`, ...values, "      esac"]),
    `      options='${options.map(({ long }) => long).join(" ")}'`,
    `      commands='${commands.map(({ name }) => name).join(" ")}' ;;`,
  ].join("\n");
}

function valueCase({ long, short, argument }: OptionWords): string[] {
  if (argument === null) return [];
  const names = short === null ? long : `${long} | ${short}`;
  const reply =
    argument.values.length > 0
      ? `COMPREPLY=($(compgen -W '${argument.values.join(" ")}' -- "$current"))`
      : "compopt -o default";
  return [`        ${names}) ${reply}; return ;;`];
}
