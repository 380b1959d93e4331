import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { editJson, type GateCli, gateCli } from "./gate-cli.ts";

describe("bad input gets a clear answer and its exit code", () => {
  let cli: GateCli;
  let run: string;
  /** A copy of the run, spoilt. */
  const spoilt = (name: string, spoil: (dir: string) => void): string => {
    const dir = join(cli.runs, name);
    cpSync(run, dir, { recursive: true });
    spoil(dir);
    return name;
  };
  const log = (dir: string) => join(dir, "launches.ndjson");
  const editLines = (dir: string, edit: (line: string) => string) =>
    writeFileSync(
      log(dir),
      readFileSync(log(dir), "utf8").trim().split("\n").map(edit).join("\n").concat("\n"),
    );
  const against = (name: string, ...more: string[]) =>
    cli.sbx(["check", "--baseline", "whole", name, "--max-regression", "5%", ...more]);

  beforeAll(() => {
    cli = gateCli();
    cli.sbx(["run"]);
    run = cli.latest();
    spoilt("whole", () => {});
  });
  afterAll(() => rmSync(cli.dir, { recursive: true, force: true }));

  test("another schema version", () => {
    const name = spoilt("schema", (dir) =>
      editJson(join(dir, "run.json"), (manifest) => Object.assign(manifest, { schema: "sbx-bench/run@9" })),
    );
    expect(against(name)).toMatchObject({ code: 2, stderr: expect.stringContaining("another version") });
  });

  test("half-written files: a cut line is named and left out, a cut manifest is refused", () => {
    const line = spoilt("cut-line", (dir) => appendFileSync(log(dir), '{"schema":"sbx-be'));
    expect(against(line)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/launches\.ndjson:31: .*skipped/),
    });
    const manifest = spoilt("cut-manifest", (dir) => writeFileSync(join(dir, "run.json"), '{"schema":'));
    expect(against(manifest)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no run that can be read"),
    });
  });

  test("zero launches, and one round", () => {
    const none = spoilt("none", (dir) => writeFileSync(log(dir), ""));
    expect(against(none)).toMatchObject({ code: 2, stderr: expect.stringContaining("holds no launches") });
    const one = spoilt("one", (dir) => {
      const lines = readFileSync(log(dir), "utf8")
        .split("\n")
        .filter((line) => line.includes('"round":0,'));
      writeFileSync(log(dir), `${lines.join("\n")}\n`);
    });
    expect(against(one).code).toBe(0);
    expect(against(one, "--strict")).toMatchObject({ code: 3, stdout: expect.stringContaining("too few") });
  });

  test("NaN and negative times fail the gate with their place", () => {
    const edited = (value: string) => (line: string) =>
      line.replaceAll(
        /"op":"getpid",(.*?)"batches":\[.*?\],"median":[\d.]+/g,
        `"op":"getpid",$1"batches":[],"median":${value}`,
      );
    const negative = spoilt("negative", (dir) => editLines(dir, edited("-5")));
    expect(against(negative)).toMatchObject({ code: 1, stdout: expect.stringContaining("-5 ns") });
    const nan = spoilt("nan", (dir) => editLines(dir, edited("null")));
    expect(against(nan)).toMatchObject({ code: 1, stdout: expect.stringContaining("no launch has a value") });
  });

  test("clock steps change nothing: launches are paired and timed without the wall clock", () => {
    const stepped = spoilt("stepped", (dir) =>
      editLines(dir, (line) => line.replace(/"startedAt":"\d{4}/, '"startedAt":"1970')),
    );
    expect(against(stepped).code).toBe(0);
  });

  test("unlike hosts are refused with their fields, and compared when asked to", () => {
    const other = spoilt("other", (dir) =>
      editJson(join(dir, "run.json"), (manifest) => {
        const { fields } = manifest.fingerprint as RunManifest["fingerprint"];
        Object.assign(manifest, {
          fingerprint: { id: "other", fields: { ...fields, "cpu.model": "Another" } },
        });
      }),
    );
    expect(against(other)).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/cpu\.model: .* Another/),
    });
    const allowed = against(other, "--allow-unlike");
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringContaining("cpu.model") });
  });

  test("wrong usage", () => {
    const wrong = [
      ["check"],
      ["check", "--ab", "--baseline", "x"],
      ["check", "--ab", "whole"],
      ["check", "--baseline", "whoel"],
      ["check", "--baseline", "whole", "--max-regression", "5"],
      ["check", "--baseline", "whole", "--output-file", "x"],
      ["check", "--baseline", "whole", "--format", "markdwon"],
      ["compare", "whole"],
      ["compare", "--configurations", "fake/net=none/seccomp=non", "fake/net=none/seccomp=default", "whole"],
      ["run", "--ab", "base.config.ts"],
      ["run", "--budget", "10"],
      ["run", "--ab", "base.config.ts,new.config.ts", "--aa"],
    ];
    expect(wrong.map((args) => [args.join(" "), cli.sbx(args).code])).toEqual(
      wrong.map((args) => [args.join(" "), 2]),
    );
  });

  test("a gate that gates nothing does not pass", () => {
    writeFileSync(
      join(cli.dir, "nothing.config.ts"),
      readFileSync(join(cli.dir, "bench.config.ts"), "utf8").replace("*::getpid*", "*::getpd*"),
    );
    const answer = cli.sbx(["--config", "nothing.config.ts", "check", "--baseline", "whole", "whole"]);
    expect(answer).toMatchObject({ code: 2, stderr: expect.stringContaining("gated") });
  });
});
