import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { profileText, type ReadProfileOptions, readProfile } from "../../src/profile/profile-file.ts";
import { PROFILE } from "./profile.ts";

const HERE: ReadProfileOptions = {
  host: PROFILE.fingerprint,
  toolVersion: PROFILE.toolVersion,
  allowUnlike: false,
};

function file(content: string | null = null): string {
  const dir = mkdtempSync(join(tmpdir(), "sbx-profile-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, "p.json");
  if (content !== null) writeFileSync(path, content);
  return path;
}

test("a profile comes back as it was written", () => {
  const path = file(profileText(PROFILE));
  expect(readProfile(path, HERE)).toEqual(PROFILE);
});

test("a byte order mark, which Windows' editors write, changes nothing", () => {
  expect(readProfile(file(`\uFEFF${JSON.stringify(PROFILE)}`), HERE)).toEqual(PROFILE);
});

test("of a file that is no JSON, the place is named", () => {
  const path = file('{\n  "schema": "x",\n}');
  expect(() => readProfile(path, HERE)).toThrow(
    expect.objectContaining({ why: `${path}:3:1: there is a comma before }.` }),
  );
});

test("another tool version is a warning", () => {
  const path = file(JSON.stringify(PROFILE));
  const { warnings } = readProfile(path, { ...HERE, toolVersion: "9.9.9" });
  expect(warnings).toEqual([...PROFILE.warnings, expect.stringContaining("9.9.9")]);
});

test("another host is refused with what differs, and allowed with a warning", () => {
  const path = file(JSON.stringify(PROFILE));
  const host = { id: "other", fields: { ...PROFILE.fingerprint.fields, "cpu.model": "Another CPU" } };
  expect(() => readProfile(path, { ...HERE, host })).toThrow(
    expect.objectContaining({ exitCode: 2, why: "cpu.model: Test CPU there, Another CPU here" }),
  );
  expect(readProfile(path, { ...HERE, host, allowUnlike: true }).warnings.at(-1)).toContain("Another CPU");
});

test("another runsc is the same host for a native run", () => {
  const path = file(JSON.stringify(PROFILE));
  const host = { id: "other", fields: { ...PROFILE.fingerprint.fields, "version.runsc": "2" } };
  expect(readProfile(path, { ...HERE, host }).warnings).toEqual(PROFILE.warnings);
});

test.each([
  ["another schema", JSON.stringify({ ...PROFILE, schema: "sbx-bench/profile@7" }), /profile@7/],
  ["something else", JSON.stringify([1, 2]), /Its schema is null/],
  ["half a file", JSON.stringify(PROFILE).slice(0, 200), /ends too early/],
  ["a call without its count", JSON.stringify({ ...PROFILE, calls: [{ name: "read" }] }), /calls\.0/],
  ["an unknown field", JSON.stringify({ ...PROFILE, more: 1 }), /more/],
])("%s is refused, and it says why", (_, content, why) => {
  expect(() => readProfile(file(content), HERE)).toThrow(
    expect.objectContaining({ exitCode: 2, why: expect.stringMatching(why) }),
  );
});

test("a missing file is named", () => {
  expect(() => readProfile("/nowhere/p.json", HERE)).toThrow(/\/nowhere\/p\.json/);
});
