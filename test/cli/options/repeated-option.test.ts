import { Command } from "commander";
import { expect, test } from "vitest";
import { list } from "../../../src/cli/options/list-option.ts";
import { refuseRepetition } from "../../../src/cli/options/repeated-option.ts";

function parsed(...words: string[]): unknown {
  const command = new Command()
    .option("--rounds <n>", "", Number, 5)
    .option("--network <names>", "", list)
    .option("--fresh")
    .option("--no-twins");
  refuseRepetition(command);
  return command.parse(words, { from: "user" }).opts();
}

test("an option with one value is refused where it has two", () => {
  expect(() => parsed("--rounds", "3", "--fresh", "--rounds=4")).toThrow(
    "--rounds is given twice: It takes one value, and there are 3 and 4.",
  );
});

test("the same value twice, a list and a switch may be repeated", () => {
  const words = ["--rounds", "3", "--rounds", "3", "--network", "none", "--network", "host"];
  expect(parsed(...words, "--fresh", "--fresh", "--no-twins", "--no-twins")).toEqual({
    rounds: 3,
    network: ["none", "host"],
    fresh: true,
    twins: false,
  });
});
