import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT } from "./checkout.ts";
import { readAction } from "./ci-files.ts";

const text = readFileSync(join(ROOT, "action.yml"), "utf8");

const { inputs: INPUTS, steps } = readAction(text);
const scripts = steps.map(({ script }) => script);
const gate = steps[1]!;

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sbx-action-"));
  mkdirSync(join(dir, "action/bin"), { recursive: true });
  executable(
    "action/bin/sbx-bench",
    'echo "$*" >>"$CALLS"; [ -z "$GITHUB_STEP_SUMMARY" ] || echo "verdict of $*" >>"$GITHUB_STEP_SUMMARY"; case " $* " in *" run "*) exit "$RUN" ;; esac; exit "$CHECK"',
  );
  // Without root the script calls sudo; here nothing needs it.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
  executable("sudo", 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"');
});
afterEach(() => rmSync(dir, { recursive: true }));

function executable(name: string, body: string): void {
  writeFileSync(join(dir, name), `#!/bin/bash\n${body}\n`);
  chmodSync(join(dir, name), 0o755);
}

/** Runs the gate's script beside a stand-in for sbx-bench; returns its calls and what it tells GitHub. */
async function runGate(inputs: Record<string, string>, exits: { run: number; check: number }) {
  const given: Record<string, string> = { ...INPUTS, results: "results", ...inputs };
  const [calls, output, summary] = [join(dir, "calls"), join(dir, "output"), join(dir, "summary")];
  for (const file of [calls, output, summary]) writeFileSync(file, "");
  const result = await execa("bash", ["-e", "-c", gate.script], {
    cwd: dir,
    reject: false,
    env: {
      ...Object.fromEntries(Object.entries(gate.env).map(([name, input]) => [name, given[input]])),
      GITHUB_ACTION_PATH: join(dir, "action"),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      CALLS: calls,
      RUN: String(exits.run),
      CHECK: String(exits.check),
      PATH: `${dir}:${process.env.PATH}`,
    },
  });
  return {
    exitCode: result.exitCode,
    calls: readFileSync(calls, "utf8").trimEnd().split("\n"),
    output: readFileSync(output, "utf8"),
    summary: readFileSync(summary, "utf8"),
  };
}

describe("the GitHub Action", () => {
  test("has a script to set up and one to decide, and bash can read both", async () => {
    expect(scripts.length).toBe(2);
    for (const script of scripts) await execa("bash", ["-n", "-c", script]);
  });

  test("every input reaches a script, with its default", () => {
    const used = steps.flatMap(({ env }) => Object.values(env));
    expect(Object.keys(INPUTS).filter((name) => !used.includes(name))).toEqual(["working-directory"]);
    expect(INPUTS).toMatchObject({ ab: "", strict: "false", results: "sbx-bench-results" });
  });

  test("no input is written into a script: it would let a pull request run commands", () => {
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  test("asks for no token and no secret", () => {
    expect(text).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/);
  });

  test("measures both sides in the same rounds, then renders one verdict for every reader", async () => {
    const { exitCode, calls, output } = await runGate(
      { ab: "base.config.ts,new.config.ts", cells: "runsc/*::syscalls\n*::startup\n", rounds: "20" },
      { run: 0, check: 0 },
    );
    const runs = join(dir, "results/runs");
    expect(calls[0]).toBe(
      `run --ab base.config.ts,new.config.ts --out ${runs} --cells runsc/*::syscalls --cells *::startup --rounds 20`,
    );
    expect(calls[1]).toMatch(new RegExp(`^check --ab --out ${runs} --format terminal --format github `));
    expect(calls[1]).toContain(`--format junit --output-file ${join(dir, "results/junit.xml")}`);
    expect(exitCode).toBe(0);
    expect(output).toContain("exit-code=0\n");
    expect(output).toContain(`junit=${join(dir, "results/junit.xml")}\n`);
  });

  test("holds a run against a baseline, with the configuration before the command", async () => {
    const { calls } = await runGate(
      { baseline: "main", config: "ci.config.ts", "max-regression": "5%", strict: "true" },
      { run: 0, check: 0 },
    );
    expect(calls[0]).toMatch(/^--config ci\.config\.ts run --out /);
    expect(calls[1]).toMatch(
      /^--config ci\.config\.ts check --baseline main .*--max-regression 5% --strict /,
    );
  });

  test("only the gate's own verdict, with its limit, is on the job's page", async () => {
    const { summary } = await runGate({ ab: "a,b", "max-regression": "5%" }, { run: 0, check: 0 });
    expect(summary).toMatch(/^verdict of check .*\n$/);
  });

  test("fails as the verdict does, and still says where the results are", async () => {
    const { exitCode, output } = await runGate({ baseline: "main" }, { run: 5, check: 1 });
    expect(exitCode).toBe(1);
    expect(output).toContain("exit-code=1\n");
    expect(output).toContain("comparison=");
  });

  test("a run that could not be made is not judged", async () => {
    const { exitCode, calls } = await runGate({ baseline: "main" }, { run: 4, check: 0 });
    expect(exitCode).toBe(4);
    expect(calls.length).toBe(1);
  });

  test.each([{}, { ab: "a,b", baseline: "main" }])("needs one thing to compare with: %o", async (inputs) => {
    expect((await runGate(inputs, { run: 0, check: 0 })).exitCode).toBe(2);
  });
});
