import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeText } from "../../src/base/write-text.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sbx-write-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const refusal = (file: string): unknown => {
  try {
    writeText(file, "x", "--html");
  } catch (error) {
    return error;
  }
  return null;
};
/** A device node of this test's own: the host's are never tried. */
const node = (name: string, ...numbers: string[]) =>
  spawnSync("mknod", [at(name), ...numbers]).status === 0 ? null : "may not make device nodes here";

describe("a regular file", () => {
  test("is made with its folder, and replaced as a whole", () => {
    expect(writeText(at("a/out.md"), "old, and long")).toBe(true);
    const kept = openSync(at("a/out.md"), "r");
    writeText(at("a/out.md"), "new");
    expect(read("a/out.md")).toBe("new");
    expect(readFileSync(kept, "utf8")).toBe("old, and long");
    expect(readdirSync(at("a"))).toEqual(["out.md"]);
  });

  test("of which more than the last folder is missing is a slip, and so is a new folder in /", () => {
    expect(refusal(at("typo/a/out.md"))).toMatchObject({
      exitCode: 4,
      why: `There is no folder ${at("typo")}; only the last one of a path is made.`,
    });
    expect(existsSync(at("typo"))).toBe(false);
    expect(refusal("/sbx-bench-typo/out.md")).toMatchObject({
      why: expect.stringContaining("directly below /"),
    });
    expect(existsSync("/sbx-bench-typo")).toBe(false);
  });

  test("keeps its mode when it is replaced", () => {
    writeFileSync(at("secret"), "");
    chmodSync(at("secret"), 0o600);
    writeText(at("secret"), "x");
    expect(statSync(at("secret")).mode & 0o7777).toBe(0o600);
  });
});

describe("a symbolic link", () => {
  test("stays one; its target gets the content", () => {
    writeFileSync(at("target"), "old");
    symlinkSync("target", at("link"));
    symlinkSync("link", at("link-to-link"));
    writeText(at("link-to-link"), "new");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(lstatSync(at("link-to-link")).isSymbolicLink()).toBe(true);
    expect(read("target")).toBe("new");
  });

  test("that dangles leads to a new file", () => {
    symlinkSync("there/yet", at("link"));
    writeText(at("link"), "x");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(read("there/yet")).toBe("x");
  });

  test("that leads in a circle is refused with a sentence", () => {
    symlinkSync("b", at("a"));
    symlinkSync("a", at("b"));
    expect(refusal(at("a"))).toMatchObject({ exitCode: 4, why: expect.stringContaining("circle") });
  });
});

describe("what is no file is written into, and stays what it is", () => {
  test("a device", (context) => {
    const reason = node("null", "c", "1", "3");
    if (reason !== null) return context.skip(reason);
    writeText(at("null"), "x");
    expect(lstatSync(at("null")).isCharacterDevice()).toBe(true);
    expect(readdirSync(folder)).toEqual(["null"]);
  });

  test("a device behind a link", (context) => {
    const reason = node("null", "c", "1", "3");
    if (reason !== null) return context.skip(reason);
    symlinkSync("null", at("link"));
    writeText(at("link"), "x");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(lstatSync(at("null")).isCharacterDevice()).toBe(true);
  });

  test("a device that is full, with a sentence", (context) => {
    const reason = node("full", "c", "1", "7");
    if (reason !== null) return context.skip(reason);
    expect(refusal(at("full"))).toMatchObject({ exitCode: 4, why: "The disk is full." });
    expect(lstatSync(at("full")).isCharacterDevice()).toBe(true);
  });

  test("a FIFO, of more than it holds at once", () => {
    execFileSync("mkfifo", [at("fifo")]);
    const script = `import { writeText } from ${JSON.stringify(join(import.meta.dirname, "../../src/base/write-text.ts"))};
      writeText(process.argv[1], "x".repeat(1_000_000));`;
    const command = `"$1" --disable-warning=ExperimentalWarning --input-type=module-typescript -e "$2" "$3" & wc -c <"$3"; wait $!`;
    const done = spawnSync("sh", ["-c", command, "sh", process.execPath, script, at("fifo")], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(done).toMatchObject({ status: 0, stdout: "1000000\n" });
    expect(lstatSync(at("fifo")).isFIFO()).toBe(true);
  });

  test("a FIFO whose reader closes it early, and that is told", () => {
    execFileSync("mkfifo", [at("fifo")]);
    const script = `import { writeText } from ${JSON.stringify(join(import.meta.dirname, "../../src/base/write-text.ts"))};
      console.log(writeText(process.argv[1], "x".repeat(1_000_000)));`;
    const command = `"$1" --disable-warning=ExperimentalWarning --input-type=module-typescript -e "$2" "$3" & head -c 1 <"$3" >"$3.read"; wait $!`;
    const done = spawnSync("sh", ["-c", command, "sh", process.execPath, script, at("fifo")], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(done).toMatchObject({ status: 0, stdout: "false\n" });
  });

  test("an open descriptor, behind what is in it already", () => {
    writeFileSync(at("log"), "first\n");
    const descriptor = openSync(at("log"), "a");
    writeText(`/dev/fd/${descriptor}`, "second\n");
    symlinkSync(`/proc/self/fd/${descriptor}`, at("link"));
    writeText(at("link"), "third\n");
    expect(read("log")).toBe("first\nsecond\nthird\n");
  });
});

describe("is refused with a sentence, exit code 4:", () => {
  test("a folder, there or not", () => {
    mkdirSync(at("reports"));
    expect(refusal(at("reports"))).toMatchObject({
      exitCode: 4,
      what: `Cannot write ${at("reports")}`,
      why: "It is a folder, and a file is needed.",
      fix: expect.stringContaining("--html"),
    });
    expect(refusal(`${at("new")}/`)).toMatchObject({ why: expect.stringContaining("names a folder") });
    expect(existsSync(at("new"))).toBe(false);
  });

  test("a socket", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
    expect(refusal(at("socket"))).toMatchObject({ why: expect.stringContaining("socket") });
    await new Promise((resolve) => server.close(resolve));
  });

  test("a disk", (context) => {
    const reason = node("disk", "b", "7", "250");
    if (reason !== null) return context.skip(reason);
    expect(refusal(at("disk"))).toMatchObject({ why: expect.stringContaining("disk") });
    expect(lstatSync(at("disk")).isBlockDevice()).toBe(true);
  });

  test("a path through a file, a closed descriptor and an empty name", () => {
    writeFileSync(at("file"), "");
    expect(refusal(at("file/out"))).toMatchObject({
      why: "A part of the path is a file, and is not a folder.",
    });
    expect(refusal("/dev/fd/999")).toMatchObject({ why: expect.stringContaining("closed") });
    expect(refusal("")).toMatchObject({ why: "The name is empty." });
  });
});
