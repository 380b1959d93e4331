import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { isProgramForHost } from "../../src/base/elf-program.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-elf-"));
const program = join(folder, "program");
beforeEach(() => copyFileSync("/usr/bin/env", program));
afterAll(() => rmSync(folder, { recursive: true }));

test("a whole program of this host is one", () => {
  expect(isProgramForHost(program)).toBe(true);
});

test("one that is missing, empty, or a text is none", () => {
  expect(isProgramForHost(join(folder, "nowhere"))).toBe(false);
  for (const text of ["", "#!/bin/sh\n"]) {
    writeFileSync(program, text);
    expect(isProgramForHost(program)).toBe(false);
  }
});

test("one that may not be executed is none", () => {
  chmodSync(program, 0o644);
  expect(isProgramForHost(program)).toBe(false);
});

test("one that was cut off is none", () => {
  const { length } = readFileSync(program);
  for (const left of [length - 1, length >> 1, 100, 10]) {
    truncateSync(program, left);
    expect(isProgramForHost(program)).toBe(false);
  }
});

test("one for another processor is none", () => {
  const bytes = readFileSync(program);
  // e_machine: RISC-V
  bytes.writeUInt16LE(243, 18);
  writeFileSync(program, bytes);
  expect(isProgramForHost(program)).toBe(false);
});
