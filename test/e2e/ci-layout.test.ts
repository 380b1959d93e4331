/** The layouts of docs/ci.md: a user's repository, the tool's checkout beside it or in it, and the jobs as they stand. */
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAction, readGitlabJob } from "../house/ci-files.ts";
import {
  checkout,
  FAKE,
  filesIn,
  folder,
  found,
  repository,
  shareCache,
  shell,
  TYPESCRIPT,
  untouched,
  useCheckout,
  useRepository,
  write,
  writeScenario,
} from "./ci-repository.ts";
import { ROOT } from "./lab.ts";

useRepository();

describe("the GitHub Action, its checkout outside the repository", () => {
  useCheckout("actions/sbx-bench/v1");
  const { inputs, steps } = readAction(readFileSync(join(ROOT, "action.yml"), "utf8"));

  test.each([
    ["at the top", ".", "base.config.ts,new.config.ts"],
    ["in a folder", "ci", "../base.config.ts,own.config.json"],
  ])("gates two configurations %s", async (_, where, ab) => {
    write("ci/own.config.json", `\uFEFF${JSON.stringify(FAKE)}`);
    const file = (name: string) => join(folder, `${name}-${where.replace(".", "top")}`);
    const [output, summary] = [file("output"), file("summary")];
    const given: Record<string, string> = { ...inputs, ab, rounds: "10", "max-regression": "50%" };
    for (const { script, env } of steps) {
      const set = Object.entries(env).map(([name, input]) => [name, given[input] ?? ""]);
      const { code, said } = await shell(script, join(repository, where), {
        ...shareCache(join(folder, "cache")),
        ...Object.fromEntries(set),
        GITHUB_ACTIONS: "true",
        GITHUB_WORKSPACE: repository,
        GITHUB_ACTION_PATH: checkout,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
      });
      expect(said).not.toMatch(/^error/m);
      expect(code).toBe(0);
    }
    const results = join(repository, where, "sbx-bench-results");
    expect(readFileSync(output, "utf8")).toContain(`exit-code=0\nresults=${results}\n`);
    for (const [, path] of readFileSync(output, "utf8").matchAll(/^(?:junit|markdown|comparison)=(.*)$/gm))
      expect(existsSync(path!)).toBe(true);
    expect(readFileSync(summary, "utf8")).toContain("getpid");
    expect(filesIn(checkout)).toEqual(untouched);
    expect(found()).toEqual(
      [
        "base.config.ts",
        "ci",
        "go.work",
        "new.config.ts",
        ...(where === "." ? ["sbx-bench-results"] : []),
      ].sort(),
    );
  });
});

describe("the checkout in the repository", () => {
  useCheckout("repository/sbx-bench");

  test("the GitLab job of docs/ci.md gates, with its reports in the repository", async () => {
    const { variables, commands } = readGitlabJob(readFileSync(join(ROOT, "docs/ci.md"), "utf8"), "GitLab");
    const set = Object.entries(variables).map(([name, value]) => [
      name,
      value.replace("$CI_PROJECT_DIR", repository),
    ]);
    const env: Record<string, string> = { CI_PROJECT_DIR: repository, ...Object.fromEntries(set) };
    const cache = shareCache(env.XDG_CACHE_HOME ?? "");
    const { code, said } = await shell(commands.join("\n"), repository, { ...env, ...cache });
    expect(said).not.toMatch(/^error/m);
    expect(code).toBe(0);
    expect(found()).toEqual([
      ...[".cache", "base.config.ts", "go.work", "junit.xml", "new.config.ts", "reports", "verdict.html"],
    ]);
    expect(filesIn(checkout)).toEqual(untouched);
  });

  test("a scenario and a program of the repository run, with paths relative to the configuration", async () => {
    for (const name of ["mine", "cpu"]) writeScenario(name);
    write("tools/hello", "#!/bin/sh\ncat\n");
    chmodSync(join(repository, "tools/hello"), 0o755);
    write("ci/in.txt", "hello");
    write(
      "ci/bench.config.json",
      JSON.stringify({
        matrix: { sandbox: ["native"], network: ["host"], seccomp: ["none"] },
        scenarios: [
          "mine",
          "cpu",
          "startup",
          {
            use: "program",
            as: "hello",
            params: { argv: ["../tools/hello"], stdin: "in.txt", expectStdoutBytes: 5 },
          },
        ],
        rounds: 1,
      }),
    );
    const { code, said } = await shell(
      "sbx-bench/bin/sbx-bench --config ci/bench.config.json run",
      repository,
      { ...shareCache(join(folder, "cache")), GOFLAGS: "-mod=vendor", GOARCH: "arm64" },
    );
    expect(said).not.toMatch(/^error|[1-9] failed/m);
    expect(code).toBe(0);
    expect(said).toContain(`scenario cpu is ${repository}/ci/scenarios/cpu, and not the one of sbx-bench`);
    expect(said).not.toContain("scenario startup is");
    const { cells } = JSON.parse(readFileSync(join(repository, "reports/latest/summary.json"), "utf8"));
    expect(cells.map((cell: { scenario: string; status: string }) => [cell.scenario, cell.status])).toEqual([
      ["mine", "measured"],
      ["cpu", "measured"],
      ["startup", "measured"],
      ["hello", "measured"],
    ]);
    expect(readdirSync(join(repository, "ci")).sort()).toEqual(["bench.config.json", "in.txt", "scenarios"]);
    expect(filesIn(checkout)).toEqual(untouched);
  });

  test("editors find the types as docs/configuration.md says", async () => {
    const page = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");
    const [, settings] = /^```json\n(\{\n {2}"compilerOptions".*?)^```/ms.exec(page) ?? [];
    write("tsconfig.json", settings!);
    expect(await shell(join(ROOT, "node_modules/.bin/tsc"), repository, {})).toEqual({ code: 0, said: "" });
    write("new.config.ts", TYPESCRIPT.replace('"fake"', '"runscc"'));
    expect((await shell(join(ROOT, "node_modules/.bin/tsc"), repository, {})).said).toContain("runscc");
  });
});
