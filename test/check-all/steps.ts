import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { readGoTestEvents } from "./go-outcomes.ts";
import { goSettings } from "./go-settings.ts";
import { failRequiredSkips, type Outcome, type Step } from "./outcome.ts";
import { OUTCOMES_FILE_VARIABLE } from "./vitest-outcomes.ts";

const GO_MODULES = ["scenarios", "src/go", "bench/model/programs"];
const SHELL_SCRIPTS = [
  ...["setup.sh", "bin/with-node", "bin/sbx-bench", "bin/check-all", ".ci/run"],
  "setup/fetch-debian-runsc.sh",
  "test/guest/inside/init.sh",
];

/** Time limits, with room for a busy host; docs/benchmarks.md has what each step takes. */
const STATIC_LIMIT_MS = 600_000;
const GO_TEST_LIMIT_MS = 900_000;
const UNIT_LIMIT_MS = 2_400_000;
const GUEST_LIMIT_MS = 3_600_000;
const E2E_LIMIT_MS = 3_000_000;

const DOCS_COMMANDS = "test/e2e/docs-commands.test.ts";
/** They open pages, run the fake driver or one native launch: nothing else disturbs them, and they end nothing of others. */
const WITHOUT_SANDBOXES = [
  ...["model-pages", "report-html", "comparison-html", "benchstat"],
  ...["gate", "gate-bad-input", "history", "exit-codes", "ci-layout"],
].map((name) => `test/e2e/${name}.test.ts`);

const FIRST = "biome: format and lint";
const UNIT = "unit tests";
const END_TO_END = "end-to-end tests";

/** Every step in the order in which it runs, the quick ones first. */
export function allSteps(root: string): Step[] {
  const goModules = GO_MODULES.filter((folder) => existsSync(join(root, folder, "go.mod")));
  return [
    command(FIRST, root, ["biome", "ci", "--max-diagnostics=30", "."]),
    command("tsc: strict types", root, ["tsc", "--noEmit"]),
    command("knip: nothing unused", root, ["knip", "--no-progress"]),
    command("shellcheck: shell scripts", root, [
      "shellcheck",
      "--external-sources",
      "--check-sourced",
      ...SHELL_SCRIPTS,
    ]),
    ...goModules.flatMap((folder) => [
      command(`go vet: ${folder}`, join(root, folder), ["go", "vet", "./..."]),
      goTests(`go test: ${folder}`, join(root, folder)),
    ]),
    vitest(UNIT, root, { project: "unit", limitMs: UNIT_LIMIT_MS }),
    // Beside the unit tests, which keep one processor busy: what it measures is nobody's figure.
    {
      ...vitest("documented commands", root, {
        project: "e2e",
        limitMs: E2E_LIMIT_MS,
        args: [DOCS_COMMANDS],
        isHeldBack: true,
      }),
      beginsWith: UNIT,
    },
    // Beside all that comes before it: its timing matters to nobody, nor does theirs. The last ones want the host alone.
    {
      ...vitest("kvm, in emulated machines", root, {
        project: "guest",
        limitMs: GUEST_LIMIT_MS,
        args: ["--maxWorkers=2"],
        isHeldBack: true,
      }),
      beginsWith: FIRST,
    },
    vitest(END_TO_END, root, {
      project: "e2e",
      limitMs: E2E_LIMIT_MS,
      args: [DOCS_COMMANDS, ...WITHOUT_SANDBOXES].flatMap((file) => ["--exclude", file]),
    }),
    {
      ...vitest("end-to-end tests without sandboxes", root, {
        project: "e2e",
        limitMs: E2E_LIMIT_MS,
        args: WITHOUT_SANDBOXES,
        isHeldBack: true,
      }),
      beginsWith: END_TO_END,
    },
  ];
}

/** Colours are for terminals; some of the tools would write them into a log, too. */
const COLOUR = process.stdout.isTTY ? {} : { NO_COLOR: "1" };

/** A check that passes or fails as a whole, and is quiet where it passes. */
function command(name: string, cwd: string, [file, ...args]: string[]): Step {
  return {
    name,
    run: async () => {
      const settings = file === "go" ? await goSettings(COLOUR) : {};
      const limits = limited(STATIC_LIMIT_MS);
      const result = await execa(file!, args, { ...limits, ...settings, cwd, all: true });
      if (!result.failed) return [{ name, state: "passed", reason: null }];
      console.log(result.all === undefined || result.all === "" ? result.shortMessage : result.all);
      return [{ name, state: "failed", reason: endOf(result) }];
    },
  };
}

function goTests(name: string, cwd: string): Step {
  return {
    name,
    run: async () => {
      const result = await execa("go", ["test", "-json", "./..."], {
        ...limited(GO_TEST_LIMIT_MS),
        ...(await goSettings(COLOUR)),
        cwd,
      });
      const { outcomes, failureOutput } = readGoTestEvents(result.stdout);
      if (result.failed) console.log(failureOutput + result.stderr);
      return withCrash(name, outcomes, result);
    },
  };
}

type VitestRun = {
  project: "unit" | "e2e" | "guest";
  limitMs: number;
  /** Files, and further options. */
  args?: string[];
  /** Until the end, where another step says something meanwhile. */
  isHeldBack?: true;
};

function vitest(name: string, root: string, { project, limitMs, args = [], isHeldBack }: VitestRun): Step {
  return {
    name,
    run: async () => {
      const file = `sbx-bench-outcomes-${process.pid}-${name.replaceAll(/\W+/g, "-")}.json`;
      const outcomesFile = join(tmpdir(), file);
      const result = await execa(
        "vitest",
        [
          "run",
          "--project",
          project,
          "--reporter=default",
          `--reporter=${join(root, "test/check-all/vitest-outcomes.ts")}`,
          ...args,
        ],
        {
          ...limited(limitMs),
          cwd: root,
          ...(isHeldBack === true ? { all: true } : { stdout: "inherit", stderr: "inherit" }),
          env: { ...COLOUR, [OUTCOMES_FILE_VARIABLE]: outcomesFile },
        },
      );
      if (isHeldBack === true) console.log(`\n-- ${name}\n${result.all ?? ""}`);
      const outcomes = existsSync(outcomesFile)
        ? (JSON.parse(readFileSync(outcomesFile, "utf8")) as Outcome[])
        : [];
      rmSync(outcomesFile, { force: true });
      const counted = withCrash(name, outcomes, result);
      return project !== "unit" ? failRequiredSkips(counted, process.env.CI === "true") : counted;
    },
  };
}

function limited(timeoutMs: number) {
  return {
    reject: false,
    timeout: timeoutMs,
    forceKillAfterDelay: 10_000,
    stdin: "ignore",
    env: COLOUR,
  } as const;
}

type CommandEnd = {
  failed: boolean;
  timedOut: boolean;
  shortMessage?: string | undefined;
  exitCode?: number | undefined;
};

/** A step that failed without a failing test counts as one failure. */
function withCrash(name: string, outcomes: Outcome[], end: CommandEnd): Outcome[] {
  const isExplained =
    !end.failed || (!end.timedOut && outcomes.some((outcome) => outcome.state === "failed"));
  return isExplained ? outcomes : [...outcomes, { name, state: "failed", reason: endOf(end) }];
}

function endOf(end: CommandEnd): string {
  if (end.timedOut) return "did not end within its time limit";
  if (end.exitCode !== undefined) return `exit code ${end.exitCode}`;
  return end.shortMessage?.split("\n").at(-1) ?? "did not start";
}
