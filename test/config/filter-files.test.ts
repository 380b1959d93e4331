import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { readFilterFile } from "../../src/config/filter-files.ts";
import { loadConfig } from "../../src/config/load.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-filter-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "profiles"));
writeFileSync(join(folder, "profiles/strict.json"), "{}");
writeFileSync(join(folder, "profiles/stric.conf"), "");
writeFileSync(join(folder, "empty.json"), " \n");
writeFileSync(join(folder, "broken.json"), '{\n "defaultAction": "SCMP_ACT_ALLOW"\n "syscalls": []\n}');
execFileSync("mkfifo", [join(folder, "fifo.json")]);

function reason(name: string): string {
  try {
    readFilterFile(join(folder, name), name);
  } catch (error) {
    return error instanceof SbxError ? `${error.what}: ${error.why}` : String(error);
  }
  return "";
}

test("a name is not guessed because of the ending that all files have", () => {
  expect(reason("profiles/nope.json")).toMatch(/nope\.json does not exist\.$/);
});

test.each([
  ["profiles/strcit.json", `does not exist. Did you mean ${join(folder, "profiles/strict.json")}?`],
  [
    "profile/strict.json",
    `There is no folder ${join(folder, "profile")}. Did you mean ${join(folder, "profiles")}?`,
  ],
  ["profiles", "It is a folder; in it are strict.json."],
  ["empty.json", "The file is empty."],
  ["broken.json", "It cannot be read as JSON: broken.json:3:2: a comma or } is missing."],
  ["fifo.json", "It is not a regular file."],
])("%s is refused in one sentence", (name, sentence) => {
  expect(reason(name)).toContain(`The seccomp filter ${name} cannot be used: `);
  expect(reason(name)).toContain(sentence);
});

test.runIf(process.getuid?.() === 0)("a file that may not be read says so", () => {
  const script = `const { readFilterFile } = await import(${JSON.stringify(
    new URL("../../src/config/filter-files.ts", import.meta.url).href,
  )}); process.setuid(65534);
    try { readFilterFile("/etc/shadow") } catch (error) { console.log(error.why) }`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(said).toBe("It cannot be read: permission denied.\n");
});

test("a slip in a filter's path is found as the configuration is read", async () => {
  const config = join(folder, "bench.config.ts");
  writeFileSync(config, 'export default { matrix: { seccomp: ["none", "./profiles/stric.json"] } };');
  await expect(loadConfig("bench.config.ts", {}, folder)).rejects.toThrow(
    /filter profiles\/stric\.json cannot be used: .*Did you mean/,
  );
});
