import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useLab } from "./lab.ts";

const lab = useLab();
const out = () => join(lab.current.dir, "reports");

describe("run -- PROGRAM", () => {
  test("measures it beside native, with its name in every row, and answers on one screen", async () => {
    const data = join(lab.current.dir, "data");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "text"), "a\n".repeat(20_000));
    const done = await lab.current.cli([
      ...[
        "run",
        "--sandbox",
        "unshare",
        "--seccomp",
        "default",
        "--rounds",
        "2",
        "--cwd",
        data,
        "--out",
        out(),
      ],
      ...["--program", "order=sort -r text", "--", "gzip", "-c", "text"],
    ]);
    expect(done.err).toContain("4 cells, 8 launches");
    expect(done.code).toBe(0);
    // On a busy host a warning comes first.
    expect(done.out).toMatch(
      /^(! The host was busy: [\s\S]*?again\.\n)?sort -r text\n {2}native +\d.*\n {2}unshare \+ filter +[\d.]+x n=2 +start-up/,
    );
    expect(done.out).toMatch(/\ngzip -c text\n {2}native/);
    const report = readFileSync(join(out(), "latest/report.md"), "utf8");
    expect(report).toContain("## order: sort -r text");
    expect(report).toContain("gzip: run time");
  });

  test.each([
    [["--", "no-such-program-anywhere"], /no-such-program-anywhere/],
    [["--program", "a=cat x | wc"], /only a shell knows what \| means/i],
    [["--scenarios", "startup", "--", "true"], /--scenarios has no effect here/],
    [["--"], /Which program\?/],
    [["--stdin", "/dev/null"], /without a program to run/],
    [["--", "false"], /exit code 1/],
  ])("%j is a mistake that is said before anything is measured", async (args, words) => {
    const done = await lab.current.cli(["run", "--out", out(), "--sandbox", "unshare", ...args]);
    expect(done.err).toMatch(words);
    expect(done.code).toBe(2);
  });
});
