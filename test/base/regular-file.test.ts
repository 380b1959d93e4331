import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { readRegularFile, requireRegularFile } from "../../src/base/regular-file.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-regular-"));
const at = (name: string) => join(folder, name);
const server = createServer();
beforeAll(async () => {
  mkdirSync(at("folder"));
  execFileSync("mkfifo", [at("fifo")]);
  writeFileSync(at("file"), "text");
  symlinkSync("file", at("link"));
  symlinkSync("circle", at("circle"));
  await new Promise<void>((listening) => server.listen(at("socket"), listening));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function refusal(file: string): SbxError {
  try {
    readRegularFile(file);
  } catch (error) {
    if (error instanceof SbxError) return error;
  }
  throw new Error(`${file} was not refused`);
}

test("a file is read, through a link too", () => {
  expect(readRegularFile(at("file")).toString()).toBe("text");
  expect(readRegularFile(at("link")).toString()).toBe("text");
  expect(() => requireRegularFile(at("link"))).not.toThrow();
});

// That each of them is refused at once, and not after the test's time limit, is half of what is tested.
test.each([
  ["folder", "It is a folder"],
  ["fifo", "It is a FIFO"],
  ["/dev/zero", "It is a device"],
  ["socket", "It is a socket"],
  ["none", "It does not exist."],
  ["file/below", "A part of the path is a file"],
  ["circle", "links lead in a circle"],
  ["x".repeat(300), "The name is too long."],
])("%s is refused in a sentence, as wrong input", (name, why) => {
  const error = refusal(name.startsWith("/") ? name : at(name));
  expect(error.why).toContain(why);
  expect(error.exitCode).toBe(2);
});
