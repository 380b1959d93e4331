import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../house/checkout.ts";

let apt: string;
beforeEach(() => {
  apt = mkdtempSync(join(tmpdir(), "sbx-bench-apt-"));
  mkdirSync(join(apt, "sources.list.d"));
});
afterEach(() => rmSync(apt, { recursive: true }));

function backportsOf(path: string, text: string): string {
  writeFileSync(join(apt, path), text);
  const script = `. "${ROOT}/setup/debian-runsc.sh" && derive_backports_sources "${apt}" bookworm`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" });
}

test("a deb822 stanza of the release gives its backports, with the same mirror and key", () => {
  const sources = `# the main archive
Types: deb deb-src
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
  expect(backportsOf("sources.list.d/debian.sources", sources)).toBe(`Types: deb
Suites: bookworm-backports
Components: main
URIs: http://mirror.example/debian
Signed-By: /usr/share/keyrings/archive.gpg

`);
});

test("a key that stands in the stanza comes along", () => {
  const key = "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDME\n";
  const sources = `Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n${key}`;
  expect(backportsOf("sources.list.d/debian.sources", sources)).toContain(key);
});

test("a stanza that is switched off gives none", () => {
  const sources =
    "Enabled: no\nTypes: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n";
  expect(backportsOf("sources.list.d/debian.sources", sources)).toBe("");
});

test("a one-line source gives its backports", () => {
  expect(backportsOf("sources.list", "deb http://mirror.example/debian bookworm main contrib\n")).toBe(
    "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm-backports\nComponents: main\n\n",
  );
});

test("a one-line source with options keeps its key", () => {
  const line = "deb [ arch=amd64 signed-by=/a/key.gpg ] http://mirror.example/debian bookworm main\n";
  expect(backportsOf("sources.list.d/debian.list", line)).toContain("Signed-By: /a/key.gpg\n");
});

test("a source that is commented out, of source packages or of another release gives none", () => {
  const lines = `# deb http://mirror.example/debian bookworm main
deb-src http://mirror.example/debian bookworm main
deb http://mirror.example/debian bookworm-updates main
`;
  expect(backportsOf("sources.list", lines)).toBe("");
});
