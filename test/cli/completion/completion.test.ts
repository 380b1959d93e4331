import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { wholeCommandTree } from "../../../src/cli/output/command-tree.ts";
import { bashCompletion } from "../../../src/report/completion/bash.ts";
import { type CommandWords, everyCommand } from "../../../src/report/completion/command-words.ts";
import { fishCompletion } from "../../../src/report/completion/fish.ts";
import { manPage } from "../../../src/report/completion/man.ts";
import { zshCompletion } from "../../../src/report/completion/zsh.ts";

let tree: CommandWords;
beforeAll(async () => {
  tree = await wholeCommandTree();
});

describe("bash", () => {
  const completed = (...words: string[]) =>
    execFileSync(
      "bash",
      [
        "-c",
        `${bashCompletion(tree)}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sbx_bench; printf '%s ' "\${COMPREPLY[@]}"`,
        "bash",
        "sbx-bench",
        ...words,
      ],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    ).trim();

  test.each([
    [["pl"], "plan"],
    [["seccomp", "li"], "lint"],
    [["run", "--sandbox", "r"], "runc runsc"],
    [["run", "--network", "none", "--pres"], "--preset"],
    [["capacity", "density", "--lev"], "--levels"],
    [["tune", "--goal", "s"], "startup"],
  ])("%j is completed to %s", (words, expected) => {
    expect(completed(...words)).toBe(expected);
  });
});

test("every command and option is in every shell's script and in the manual page", () => {
  const [bash, zsh, fish, man] = [
    bashCompletion(tree),
    zshCompletion(tree),
    fishCompletion(tree),
    manPage(tree, "1.0"),
  ];
  const commands = everyCommand(tree);
  expect(commands.length).toBeGreaterThan(20);
  for (const { name, path, options } of commands.slice(1)) {
    expect(bash).toContain(`'${path}')`);
    expect(zsh).toContain(`'${name}:`);
    expect(fish).toContain(`-a '${name}'`);
    expect(man).toContain(path.replaceAll("-", "\\-"));
    for (const { long } of options) {
      expect(bash).toContain(long);
      expect(zsh).toContain(`'${long}[`);
      expect(fish).toContain(`-l ${long.slice(2)}`);
      expect(man).toContain(long.replaceAll("-", "\\-"));
    }
  }
});

test("the manual page has each command's examples, and no line that troff takes for a request", () => {
  const man = manPage(tree, "1.0");
  expect(man).toContain("$ sbx\\-bench doctor");
  const requests = man
    .split("\n")
    .filter((line) => /^[.']/.test(line) && !/^\.(TH|SH|SS|TP|B|PP|nf|fi)\b/.test(line));
  expect(requests).toEqual([]);
});
