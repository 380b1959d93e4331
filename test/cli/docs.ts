/** What the documentation says, in parts that a test can hold against the code. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { commandsFor } from "../../src/cli/commands.ts";
import { configureProgram } from "../../src/cli/program.ts";

const ROOT = join(import.meta.dirname, "../..");

export const PAGES = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)].filter(
  (file) => file.endsWith(".md"),
);

export function page(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The cells of the table whose head begins with these words; without head and rule. */
export function table(file: string, ...head: string[]): string[][] {
  const lines = page(file).split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head.join(" | ")} |`));
  if (start === -1) throw new Error(`${file} has no table ${head.join(", ")}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end === -1 ? undefined : end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );
}

/** What stands in backticks. */
export function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}

/** A row by its first code. */
export function row(rows: readonly string[][], name: string): string[] {
  const found = rows.find(([first]) => codes(first ?? "").includes(name));
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

const all = await commandsFor([]);

/** The command line, with every command. */
export function wholeProgram(): Command {
  return configureProgram(new Command(), all);
}

/** Every command, with the names that lead to it: `baseline save`. */
export function commands(program = wholeProgram()): { name: string; command: Command }[] {
  return program.commands.flatMap((command) => [
    { name: command.name(), command },
    ...command.commands.map((child) => ({ name: `${command.name()} ${child.name()}`, command: child })),
  ]);
}

/** All that `--help` prints, in one line a paragraph. */
export function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text.replaceAll(/\s+/g, " ");
}

/** `a 'b c' | d` -> [a, b c]: the words of the first command of a line, as a shell hands them over. */
export function words(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)) {
    if (["|", "||", "&&", ";", ">"].includes(word)) break;
    found.push(word.replaceAll(/'([^']*)'|"([^"]*)"|\\(.)/g, "$1$2$3"));
  }
  return found;
}
