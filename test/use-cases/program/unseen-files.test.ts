import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import {
  refuseUnseen,
  requireSeenArguments,
  unseenFiles,
  unseenWarnings,
} from "../../../src/use-cases/program/unseen-files.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "sbx-unseen-")));
afterAll(() => rmSync(root, { recursive: true }));
for (const folder of ["here", "there/deep", "linked"]) mkdirSync(join(root, folder), { recursive: true });
for (const file of ["here/x.py", "there/x.py", "there/deep/y.py"]) writeFileSync(join(root, file), "");
symlinkSync(join(root, "there"), join(root, "here", "link"));

const flags = { env: {}, expectExit: 0, cwd: join(root, "here") };
const python = (read: string[], written: string[] = []) => ({
  command: ["python3", "x.py"],
  files: { read: read.map((path) => join(root, path)), written: written.map((path) => join(root, path)) },
});

function refusalOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SbxError) return `${error.what}. ${error.why} ${error.fix}`;
    throw error;
  }
  return "taken";
}

test("files of the working folder, and of a bind, are seen", () => {
  const files = python(["here/x.py", "there/x.py", "there/deep/y.py"]);
  expect(unseenFiles(files, flags).unseen).toEqual([join(root, "there/x.py"), join(root, "there/deep/y.py")]);
  expect(unseenFiles(files, { ...flags, bind: [join(root, "there")] }).unseen).toEqual([]);
});

test("files elsewhere are refused with the fewest binds that would give them", () => {
  const unseen = unseenFiles(python(["there/x.py", "there/deep/y.py"]), flags);
  const said = refusalOf(() => refuseUnseen(unseen, flags));
  expect(said).toContain(`No sandbox has ${root}/there/x.py, ${root}/there/deep/y.py`);
  expect(said).toMatch(new RegExp(`Add --bind ${root}/there\\.$`));
});

test("a file that is written where nothing may be written needs --work, or a writable bind", () => {
  const files = { command: ["sort"], files: { read: [], written: [join(root, "here/out"), "/srv/out"] } };
  const { readOnly } = unseenFiles(files, flags);
  expect(readOnly).toEqual([join(root, "here/out"), "/srv/out"]);
  expect(refusalOf(() => refuseUnseen({ unseen: [], readOnly }, flags))).toContain("--work DIR");
  const bound = { ...flags, bind: [`${root}/here:rw`] };
  expect(unseenFiles(files, bound).readOnly).toEqual(["/srv/out"]);
});

test("the sandbox's own /tmp may be written to, but has no file of the host", () => {
  const files = { command: ["sort"], files: { read: ["/tmp/in", "/tmp"], written: ["/tmp/sort1"] } };
  const unseen = unseenFiles(files, flags);
  expect(unseen).toEqual({ unseen: ["/tmp/in"], readOnly: [] });
  expect(refusalOf(() => refuseUnseen(unseen, flags))).toContain("/tmp itself can't be bound");
});

test("without --verify it is a warning that says what to add", () => {
  expect(unseenWarnings({ unseen: [join(root, "there/x.py")], readOnly: [] }, flags)).toEqual([
    expect.stringMatching(/^No sandbox has .*--verify.*Add --bind .*there\.$/),
  ]);
});

test("words behind -- that name files no sandbox has are refused before anything runs, links followed", () => {
  const asked = (...words: string[]) => refusalOf(() => requireSeenArguments(["python3", ...words], flags));
  expect(asked(join(root, "there/x.py"))).toContain("No sandbox has");
  expect(asked("../there/x.py")).toContain("No sandbox has");
  expect(asked("./link/x.py")).toContain(`${root}/there/x.py`);
  expect(asked("./x.py", "/etc/passwd", "/dev/null", "/nowhere", "a/b")).toBe("taken");
});

test("a working folder that no sandbox can get is said, with the way out", () => {
  const said = refusalOf(() => requireSeenArguments(["true"], { ...flags, cwd: "/tmp" }));
  expect(said).toContain("The sandboxes can't get the folder /tmp");
  expect(said).toContain("--work");
});

test("a profile of an earlier version says nothing about files", () => {
  expect(unseenFiles({ command: ["sort"] }, flags)).toEqual({ unseen: [], readOnly: [] });
});
