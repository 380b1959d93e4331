import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.ts";
import { LAUNCHERS } from "../../../src/seccomp/filter/base-calls.ts";
import { generateFilter } from "../../../src/use-cases/seccomp/generate.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-bench-generate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packageOf(name: string, source: string): string {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "go.mod"), `module ${name}\n\ngo 1.26\n`);
  writeFileSync(join(dir, "main.go"), source);
  return dir;
}

async function generate(target: string, args: readonly string[] | null = null) {
  const config = await loadConfig(null, {}, folder);
  const abort = new AbortController().signal;
  return generateFilter({ config, target, args, launchers: LAUNCHERS }, { say: () => {}, abort });
}

const SYNC = `package main

import "syscall"

func main() { syscall.Sync() }
`;

test("a package is built, and its calls are found without running it", { timeout: 60_000 }, async () => {
  const { calls } = await generate(packageOf("syncs", SYNC));
  expect(calls.calls.find(({ name }) => name === "sync")?.labels).toEqual(["static"]);
  expect(calls.calls.some(({ labels }) => labels.includes("observed"))).toBe(false);
});

test("with arguments it is run, too, and what it did is observed", { timeout: 60_000 }, async () => {
  const { calls } = await generate(packageOf("syncs", SYNC), []);
  expect(calls.calls.find(({ name }) => name === "sync")?.labels).toEqual(["static", "observed"]);
});

test("a package that does not compile is answered with the compiler's words", {
  timeout: 60_000,
}, async () => {
  await expect(
    generate(packageOf("broken", "package main\nfunc main() { undefined() }\n")),
  ).rejects.toMatchObject({
    exitCode: 4,
    why: expect.stringContaining("undefined: undefined"),
  });
});

test("a library is no program", { timeout: 60_000 }, async () => {
  await expect(generate(packageOf("library", "package library\n"))).rejects.toMatchObject({
    exitCode: 2,
    why: "It is a library: it has no main.",
  });
});

test("a name that is nothing is answered with the scenarios", async () => {
  await expect(generate("startpu")).rejects.toMatchObject({
    exitCode: 2,
    why: expect.stringContaining("startup"),
  });
});

test("a C program is refused in a sentence", { timeout: 60_000 }, async () => {
  await expect(generate("/bin/sh")).rejects.toMatchObject({
    exitCode: 2,
    why: "It is no Go program: it has no table of Go functions.",
  });
});
