import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

test("a file of JSON is loaded, with a byte order mark and an editor's $schema", async () => {
  const name = write("ok.json", '\uFEFF{ "$schema": "x.json", "rounds": 3, "out": "runs" }\n');
  expect(await loadConfig(name, {}, folder)).toMatchObject({ rounds: 3, out: join(folder, "runs") });
});

test("a mistake in JSON is named by line and column, a wrong value by its path", async () => {
  const torn = await refusal(write("torn.json", '{\n  "rounds": 3,\n}\n'));
  expect(torn.what).toBe("The configuration file torn.json does not load");
  expect(torn.why).toBe(`${join(folder, "torn.json")}:3:1: there is a comma before }`);
  const wrong = await refusal(write("wrong.json", '{ "matrix": { "platform": ["kvmm"] } }'));
  expect(wrong.why).toContain('matrix.platform[0]: "kvmm" is not allowed.');
});

test.each([
  ["a promise", "export default Promise.resolve({ rounds: 3 });"],
  ["a function", "export default () => ({ rounds: 3 });"],
  ["an async function", "export default async () => ({ rounds: 3 });"],
])("what %s gives is the configuration", async (kind, text) => {
  expect((await loadConfig(write(`${kind}.ts`, text), {}, folder)).rounds).toBe(3);
});

test.each([
  ["throws in its function", 'export default () => { throw new Error("half-written"); };', "half-written"],
  ["rejects", 'export default Promise.reject(new Error("half-written"));', "half-written"],
  ["throws a text", 'throw "half-written";', "half-written"],
])("a file that %s does not load, and says why", async (kind, text, why) => {
  const error = await refusal(write(`${kind}.mjs`, text));
  expect(error.what).toMatch(/^The configuration file .* does not load$/);
  expect(error.why).toContain(why);
});

test.each([
  ["null", "export default null;"],
  ["a function without a result", "export default () => {};"],
])("a file that exports %s exports nothing", async (kind, text) => {
  expect((await refusal(write(`${kind}.js`, text))).what).toMatch(/exports nothing$/);
});

test.each(["with space.ts", "100%.ts", "a%20b.ts", "größe.mts", "q?.json"])(
  "the name %j is a name like any other",
  async (name) => {
    write(name, name.endsWith("json") ? '{ "rounds": 3 }' : "export default { rounds: 3 };");
    expect((await loadConfig(name, {}, folder)).rounds).toBe(3);
  },
);

test("a mistake in TypeScript is the user's", async () => {
  const error = await refusal(write("a b.ts", "export default {\n  rounds 3\n};\n"));
  expect(error.what).toMatch(/a b\.ts does not load$/);
});

test("a FIFO is refused, and not waited for", async () => {
  execFileSync("mkfifo", [join(folder, "fifo.json")]);
  expect((await refusal("fifo.json")).why).toBe("It is not a regular file.");
});

test("a folder, and a file in another language, are answered with what can be named", async () => {
  mkdirSync(join(folder, "ci"));
  write("ci/bench.config.json", "{}");
  expect((await refusal("ci")).fix).toContain("--config ci/bench.config.json");
  expect((await refusal(write("bench.yaml", "rounds: 3\n"))).fix).toContain(".ts, .mts, .js, .mjs, .json");
});

test.each([
  "bench.config.ts",
  "bench.config.mts",
  "bench.config.js",
  "bench.config.mjs",
  "bench.config.json",
])("%s is found without --config", async (name) => {
  const own = mkdtempSync(join(folder, "own-"));
  writeFileSync(join(own, name), name.endsWith("json") ? '{"rounds":3}' : "export default { rounds: 3 };");
  expect((await loadConfig(null, {}, own)).rounds).toBe(3);
});

test("of two configurations none is taken in silence", async () => {
  const own = mkdtempSync(join(folder, "own-"));
  for (const name of ["bench.config.ts", "bench.config.json"]) writeFileSync(join(own, name), "");
  await expect(loadConfig(null, {}, own)).rejects.toMatchObject({
    exitCode: 2,
    why: `${own} has bench.config.ts and bench.config.json.`,
  });
});

test("paths in a file start at the file, and what nobody named goes where the command runs", async () => {
  mkdirSync(join(folder, "sub"));
  write(
    "sub/c.json",
    '{ "runsc": { "path": "bin/runsc" }, "matrix": { "runsc": ["./new/runsc"], "seccomp": ["./own.json"] } }',
  );
  write("sub/own.json", "{}");
  const config = await loadConfig("sub/c.json", {}, folder);
  expect(config.runsc.path).toBe(join(folder, "sub/bin/runsc"));
  expect(config.matrix.runsc[0]?.wanted).toBe(join(folder, "sub/new/runsc"));
  expect(config.matrix.seccomp).toEqual(["own.json"]);
  expect(config.filters).toEqual({ "own.json": join(folder, "sub/own.json") });
  expect(config.scenarioDir).toBe(join(folder, "sub/scenarios"));
  expect([config.out, config.baselines]).toEqual([join(folder, "reports"), join(folder, "baselines")]);
});

test("a scenarioDir that does not exist is a mistake, although the tool's scenarios would be found", async () => {
  const error = await refusal(write("dir.json", '{ "scenarioDir": "scenarois" }'));
  expect(error.why).toContain(`scenarioDir: "scenarois" does not exist`);
});

test("without --config and without a file the defaults hold", async () => {
  const own = mkdtempSync(join(folder, "own-"));
  expect((await loadConfig(null, {}, own)).preset).toBe("standard");
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
