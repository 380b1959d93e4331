/** In a process of its own: vitest resolves modules in another way than Node does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SbxError } from "../../src/base/errors.ts";
import { loadDefault, tellOfWaiting } from "../../src/base/load-module.ts";
import { ROOT } from "../house/checkout.ts";

const IMPORTING = 'import { defineConfig } from "sbx-bench";\nexport default defineConfig({ rounds: 3 });\n';
const FILES: Record<string, string> = {
  "bare/a.ts": IMPORTING,
  "bare/a.#b? ü 100%20.ts": IMPORTING,
  "bare/a.mts": IMPORTING,
  "bare/a.mjs": IMPORTING,
  "commonjs/package.json": '{ "type": "commonjs" }',
  "commonjs/a.ts": IMPORTING,
  "commonjs/a.js": IMPORTING,
  "commonjs/required.js": "module.exports = { rounds: 3 };\n",
  "silent/package.json": "{}",
  "silent/a.ts": `import { rounds } from "./helper.ts";\n${IMPORTING.replace("3", "rounds")}`,
  "silent/helper.ts": "export const rounds: number = 3;\n",
  "bom/a.ts": `\uFEFF${IMPORTING}`,
  "talking/a.ts": `console.log("loading");\n${IMPORTING}`,
  "broken/exit.ts": "process.exit(0);\nexport default {};\n",
  "broken/a.mjs": "export default {\n  rounds 3\n};\n",
  "broken/a b.ts": "export default {\n  rounds 3\n};\n",
  "broken/null.ts": "throw null;\n",
  "broken/never.mjs": "export default new Promise(() => {});\n",
  "broken/old.ts": 'import { defineConfig } from "./src/index.ts";\nexport default defineConfig({});\n',
};

const folder = mkdtempSync(join(tmpdir(), "sbx-module-"));
beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

async function load(name: string) {
  const module = pathToFileURL(join(ROOT, "src/base/load-module.ts")).href;
  const script = `import { loadDefault } from ${JSON.stringify(module)};
    const kind = { kind: "configuration file", form: "" };
    console.log(JSON.stringify(await loadDefault(${JSON.stringify(join(folder, name))}, kind).catch((error) => error)));`;
  const done = await execa(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script],
    { cwd: folder },
  );
  return { value: JSON.parse(done.stdout) as Record<string, unknown>, err: done.stderr };
}

test.each(Object.keys(FILES).filter((name) => /^(?!broken|talking).*\/(a|required)\./.test(name)))(
  "%s is loaded, without a word of Node's",
  async (name) => {
    expect(await load(name)).toEqual({ value: { rounds: 3 }, err: "" });
  },
);

test("what a file prints is not among the results", async () => {
  expect(await load("talking/a.ts")).toEqual({ value: { rounds: 3 }, err: "loading" });
});

test("a file can't end the command as if all were well", async () => {
  expect((await load("broken/exit.ts")).value.why).toMatch(/exit\.ts:1: It calls process\.exit\(0\)\.$/);
});

test.each(["broken/a b.ts", "broken/a.mjs"])("a mistake in %s is named by its line", async (name) => {
  expect((await load(name)).value.why).toContain(`${name}:2: `);
});

test("a configuration that was copied from a checkout of old is told what to import", async () => {
  expect((await load("broken/old.ts")).value.fix).toContain('Import from "sbx-bench"');
});

test("what is no Error can be thrown, too", async () => {
  expect((await load("broken/null.ts")).value.why).toBe("It throws null.");
});

test("a file that awaits what never comes is waited for aloud, and ends with a reason", async () => {
  vi.useFakeTimers();
  const told: string[] = [];
  tellOfWaiting((message) => told.push(message));
  try {
    const file = join(folder, "broken/never.mjs");
    const loaded = loadDefault(file, { kind: "configuration file", form: "" }).catch(
      (error: SbxError) => error,
    );
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(2));
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual([
      `waiting for the configuration file ${file}, for 30 s at most: it awaits something`,
    ]);
    await vi.advanceTimersByTimeAsync(28_000);
    expect(await loaded).toMatchObject({
      why: "It was not ready after 30 s: something that it awaits never ends.",
    });
  } finally {
    tellOfWaiting(() => {});
    vi.useRealTimers();
  }
});
