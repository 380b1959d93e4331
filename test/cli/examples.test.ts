/** Every command line that help and documentation show is one that the program takes. */
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { commands, helpOf, PAGES, page, wholeProgram, words } from "./docs.ts";

/** @returns what the parser says about it; nothing is run */
async function complaint(line: string): Promise<string | null> {
  const program = wholeProgram();
  let printed = "";
  for (const command of [program, ...commands(program).map(({ command }) => command)]) {
    command.action(() => {}).configureOutput({ writeErr: (text) => (printed += text), writeOut: () => {} });
  }
  try {
    await program.parseAsync(words(line).slice(1), { from: "user" });
    return null;
  } catch (error) {
    return printed || (error instanceof Error ? error.message : String(error));
  }
}

/** Examples in help stand behind `$ `, with a description two blanks further on. */
function examplesIn(command: Command): string[] {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return [...help.matchAll(/^ {2}\$ (sbx-bench .*?)(?: {2,}.*)?$/gm)].map(([, line]) => line!);
}

const inHelp = commands().flatMap(({ command }) => examplesIn(command));
/** In blocks of shell, and alone between backticks. */
const inDocs = PAGES.flatMap((file) => [
  ...[...page(file).matchAll(/^(?:bin\/)?(sbx-bench .*?)(?: +#.*)?$/gm)].map(([, line]) => line!),
  ...[...page(file).matchAll(/`(?:bin\/)?(sbx-bench [^`\n]+)`/g)].map(([, line]) => line!),
]);

describe("a shown command line is taken", () => {
  test("and there are some", () => {
    expect(inHelp.length).toBeGreaterThan(30);
    expect(inDocs.length).toBeGreaterThan(30);
  });

  test.each([...new Set(inHelp)])("by help: %s", async (line) => {
    expect(await complaint(line)).toBeNull();
  });

  test.each([...new Set(inDocs)])("by the documentation: %s", async (line) => {
    expect(await complaint(line)).toBeNull();
  });
});

test("every command has help with a description, and every option of it one", () => {
  for (const { name, command } of commands()) {
    expect(helpOf(command)).toContain(command.description().slice(0, 20));
    for (const option of command.options) {
      expect(option.description, `${name} ${option.flags}`).not.toBe("");
    }
  }
});
