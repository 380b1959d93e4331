/** The scripts of docs/scripts.md give the same in every mode that runs them, and the others say why not. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, useLab, whyNot } from "./lab.ts";

const CASES = [
  { script: "sieve", args: ["1000"], input: "", output: "168 primes below 1000" },
  { script: "json", args: [], input: '[{"a":1},{"b":"x"}]', output: '{"A":1}\n{"B":"x"}' },
  { script: "csv", args: [], input: "b,1\na,2.5\nb,3\n", output: "a,2.5\nb,4" },
  { script: "grep", args: ["^a.c$"], input: "abc\nabcd\naxc\n", output: "abc\naxc" },
  { script: "workers", args: [], input: "", output: "333833500" },
  { script: "template", args: [], input: "Ada\nBob\n", output: "Hello, Ada!\nHello, Bob!" },
];

const GOCACHE = execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim();

describe.skipIf(whyNot() !== null)("a script", () => {
  const lab = useLab();

  async function exec(mode: string, { script, args, input }: (typeof CASES)[number], ...more: string[]) {
    const stdin = join(lab.current.dir, "stdin");
    writeFileSync(stdin, input);
    const file = join(ROOT, "docs/scripts", `${script}.go`);
    const options = ["--sandbox", "unshare", "--mode", mode, ...more, "--", ...args];
    const before = ["sh", "-c", `exec "$@" < ${stdin}`, "sh"];
    const done = await lab.current.start(["exec", file, ...options], { before, env: { GOCACHE } });
    return { code: done.exitCode, out: done.stdout, err: done.stderr };
  }

  it.for(CASES)("$script", { timeout: 120_000 }, async (one) => {
    const compiled = await exec("compiled", one);
    expect([compiled.out, compiled.code]).toEqual([one.output, 0]);
    const needed = one.script === "template" ? ["--allow-package", "text/template"] : [];
    const yaegi = await exec("yaegi", one, ...needed);
    expect([yaegi.out, yaegi.code, yaegi.err.includes("yaegi (language and library of Go 1.22")]).toEqual([
      ...[one.output, 0, true],
    ]);
  });

  it("that imports what an interpreted one does not get is unsupported", { timeout: 60_000 }, async () => {
    const { code, err } = await exec("yaegi", CASES.at(-1)!);
    expect([code, err.trim()]).toEqual([
      4,
      "unsupported: mode yaegi cannot run the script: it imports text/template, which is not among the packages that an interpreted script gets",
    ]);
  });
});
