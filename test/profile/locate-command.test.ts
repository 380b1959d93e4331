import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { locateCommand } from "../../src/profile/locate-command.ts";

const dir = mkdtempSync(join(tmpdir(), "sbx-locate-"));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string, text: string, mode: number) => writeFileSync(join(dir, name), text, { mode });
file("own-thing", "#!/bin/sh\n", 0o755);
file("no-bit.py", "print(1)\n", 0o644);
file("no-line", "echo hello\n", 0o755);
file("no-interpreter", "#!/usr/bin/pyton3 -u\n", 0o755);
file("from-windows", "#!/bin/sh\r\necho\r\n", 0o755);
file("page.md", "# text\n", 0o644);
file("empty", "", 0o755);
file("two words", "#!/bin/sh\n", 0o755);
mkdirSync(join(dir, "folder"));

const place = { ownPath: "", cwd: dir };

function refusal(...words: [string, ...string[]]): string {
  try {
    return locateCommand(words, place).join(" ");
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    expect(error.exitCode).toBe(2);
    return `${error.what}: ${error.why} ${error.fix}`;
  }
}

describe("a program that is there", () => {
  test("keeps its name where it is the system's, and gets its path where only the caller's PATH leads to it", () => {
    expect(locateCommand(["sh", "-c", "true"], { ...place, ownPath: dir })).toEqual(["sh", "-c", "true"]);
    expect(locateCommand(["own-thing", "x"], { ...place, ownPath: dir })).toEqual([
      join(dir, "own-thing"),
      "x",
    ]);
    expect(locateCommand(["own-thing"], { ...place, searchPath: dir })).toEqual(["own-thing"]);
  });

  test("is found from its working folder, with blanks in its name, too", () => {
    expect(locateCommand(["./own-thing"], place)).toEqual(["./own-thing"]);
    expect(locateCommand(["./two words"], place)).toEqual(["./two words"]);
  });
});

describe("a command that can't be run is refused before it is", () => {
  test("a pipeline in quotes is one word, and sh -c reads it", () => {
    expect(refusal("cat x | gzip")).toContain("-- sh -c 'cat x | gzip'");
    expect(refusal("echo 'a b' | wc")).toContain(`-- sh -c 'echo '\\''a b'\\'' | wc'`);
    expect(refusal("./own-thing > out")).toContain("-- sh -c './own-thing > out'");
  });

  test("a command line in quotes without the shell's signs loses the quotes", () => {
    expect(refusal("gzip -kc /bin/sh")).toContain("Leave out the quotes: -- gzip -kc /bin/sh");
  });

  test("a name that is nowhere is answered with the nearest", () => {
    expect(refusal("gzipp")).toContain('Did you mean "gzip"?');
    expect(refusal("./own-thin")).toContain('Did you mean "./own-thing"?');
    expect(refusal("own-thing")).toContain("./own-thing");
  });

  test("a variable before the name is given with --env", () => {
    expect(refusal("LANG=C", "sort", "x")).toContain("--env LANG=C -- sort x");
  });

  test("an empty name says that a variable may be unset", () => {
    expect(refusal("", "x")).toContain("A variable may be unset");
  });

  test("a folder, a file without the bit, a text without #!, an interpreter that is missing", () => {
    expect(refusal("./folder")).toContain("It is a folder");
    expect(refusal("./no-bit.py")).toContain(
      "chmod +x ./no-bit.py, or name what runs it: -- python3 ./no-bit.py",
    );
    expect(refusal("./page.md")).not.toContain("sh ./page.md");
    expect(refusal("./no-line")).toContain("-- sh ./no-line");
    expect(refusal("./no-interpreter")).toContain("Its interpreter /usr/bin/pyton3 does not exist");
    expect(refusal("./from-windows")).toContain("carriage return");
    expect(refusal("./empty")).toContain("It is empty");
  });
});
