import { Command } from "commander";
import { expect, test } from "vitest";
import { commandsFor } from "../../src/cli/commands.ts";

async function loaded(line: string): Promise<string[]> {
  const program = new Command();
  for (const add of await commandsFor(line.split(" ").filter(Boolean))) add(program);
  return program.commands.map((command) => command.name());
}

test.each([
  ["plan --preset quick", ["plan"]],
  ["run --out check", ["run", "check"]],
  ["--version", []],
])("%s loads what it names", async (line, expected) => {
  expect(await loaded(line)).toEqual(expected);
});

test.each(["", "--help", "rnu --preset quick", "--config x.ts run", "help run"])(
  "%j loads all: for the help, for the nearest name, or because it is not known yet",
  async (line) => {
    expect((await loaded(line)).length).toBeGreaterThan(10);
  },
);
