import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { loadConfig } from "../../src/config/load.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const refusal = (path: string) =>
  loadConfig(path, {}, folder).then(
    () => expect.unreachable(),
    (error: unknown) => error as SbxError,
  );

test("a file of TypeScript is loaded, its paths relative to itself", async () => {
  const name = write("ok.ts", 'const out: string = "runs";\nexport default { out, rounds: 3 };\n');
  expect(await loadConfig(name, {}, folder)).toMatchObject({ rounds: 3, out: join(folder, "runs") });
});

test("without --config and without a file the defaults hold", async () => {
  expect((await loadConfig(null, {}, folder)).preset).toBe("standard");
});

test("a named file that does not exist is an error", async () => {
  const error = await refusal("none.ts");
  expect(error).toBeInstanceOf(SbxError);
  expect(error.what).toBe("There is no configuration file none.ts");
  expect(error.exitCode).toBe(2);
});

test("a file that does not load is an error with the reason", async () => {
  const error = await refusal(write("throws.ts", 'throw new Error("half-written");\n'));
  expect(error.why).toContain("half-written");
  expect(error.exitCode).toBe(2);
});

test("a file without a default export is an error that shows the form", async () => {
  const error = await refusal(write("empty.ts", "export const rounds = 3;\n"));
  expect(error.fix).toContain("export default defineConfig");
});
