/** What help and documentation list is what the code has: no more, and no less. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import program from "../../scenarios/program/scenario.ts";
import { NETWORKS } from "../../src/axes/network.ts";
import { PLATFORMS } from "../../src/axes/platform.ts";
import { REAL_SANDBOXES } from "../../src/axes/sandbox.ts";
import { FILTERS } from "../../src/axes/seccomp.ts";
import { durationText } from "../../src/base/duration-text.ts";
import { shareText } from "../../src/base/share.ts";
import { EXIT } from "../../src/cli/output/exit-codes.ts";
import {
  DEFAULT_PRESET,
  DEFAULTS,
  HISTORY_DEFAULTS,
  PREDICT_DEFAULTS,
  PRESET_DEFAULTS,
} from "../../src/config/defaults.ts";
import { FLAG_FACTORS } from "../../src/config/flag-factors.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { configSchema, PRESETS } from "../../src/config/schema.ts";
import { GOALS } from "../../src/model/tune/changes.ts";
import { COMPARISON_FORMATS } from "../../src/report/comparison/render-comparison.ts";
import { EXPORT_FORMATS } from "../../src/report/exports/render-export.ts";
import { hostMetrics } from "../../src/workload/host-metrics.ts";
import { sources } from "../house/imports.ts";
import { codes, commands, helpOf, PAGES, page, row, table } from "./docs.ts";

const CONFIGURATION = "docs/configuration.md";
const settings = table(CONFIGURATION, "setting", "default", "meaning");
const meaning = (setting: string) => row(settings, setting)[2] ?? "";
const usual = (setting: string) => row(settings, setting)[1] ?? "";
const help = (name: string) => helpOf(commands().find((one) => one.name === name)!.command);
const sorted = (names: readonly string[]) => [...names].sort();

describe("docs/configuration.md", () => {
  test("says of the samples how long they took", () => {
    const text = readFileSync(join(import.meta.dirname, "../..", CONFIGURATION), "utf8");
    for (const name of ["sample", "sample-article"]) {
      const file = join(import.meta.dirname, `../../reports/${name}/run.json`);
      const { harness } = JSON.parse(readFileSync(file, "utf8"));
      expect(text).toMatch(new RegExp(`${durationText(harness.wallMs)} in .?reports/${name}\\b`));
    }
  });

  test("has a row for every setting", () => {
    const shape = configSchema.shape;
    const inMatrix = Object.keys(shape.matrix.unwrap().shape).map((name) => `matrix.${name}`);
    const all = Object.keys(shape).filter((name) => name !== "matrix" && !name.startsWith("$"));
    expect(sorted(settings.flatMap(([first]) => codes(first ?? "")))).toEqual(sorted([...all, ...inMatrix]));
  });

  test("lists the values of every axis", () => {
    expect(codes(meaning("matrix.sandbox"))).toEqual([...REAL_SANDBOXES]);
    expect(codes(meaning("matrix.platform"))).toEqual([...PLATFORMS]);
    expect(codes(meaning("matrix.network"))).toEqual([...NETWORKS]);
    expect(codes(meaning("matrix.seccomp"))).toEqual([...FILTERS, "default+tree"]);
    expect(table(CONFIGURATION, "sandbox", "a launch is").map(([first]) => first)).toEqual([
      ...REAL_SANDBOXES,
    ]);
  });

  test("says the defaults", () => {
    expect(codes(usual("preset"))).toEqual([DEFAULT_PRESET]);
    expect(codes(usual("scenarios"))).toEqual([...DEFAULTS.scenarios]);
    for (const name of ["seed", "out", "baselines", "scenarioDir"] as const)
      expect(codes(usual(name))).toEqual([DEFAULTS[name]]);
    const { launchSeconds, outputMiB, memoryMiB, pids } = DEFAULTS.limits;
    expect(usual("limits")).toBe(
      `${launchSeconds} s, ${outputMiB} MiB of output, ${memoryMiB} MiB, ${pids} processes, no CPU limit`,
    );
    const { maxRegression, alpha } = DEFAULTS.check;
    expect(usual("check")).toBe(`limit ${shareText(maxRegression)}, alpha ${alpha}`);
    expect(usual("precision")).toBe(shareText(DEFAULTS.precision));
  });

  test("has every preset, with its rounds, its scenarios, and whether it leaves anything out", () => {
    expect(codes(meaning("preset")).slice(0, PRESETS.length)).toEqual([...PRESETS]);
    const presets = table(CONFIGURATION, "preset", "rounds", "scenarios", "leaves out");
    expect(presets.map(([name]) => codes(name ?? "")[0])).toEqual([...PRESETS]);
    for (const name of PRESETS) {
      const { rounds, scenarios, exclude } = PRESET_DEFAULTS[name];
      const [, saidRounds, saidScenarios = "", leavesOut] = row(presets, name);
      expect(saidRounds).toBe(String(rounds));
      expect(codes(saidScenarios)).toEqual((scenarios ?? []).map(({ as }) => as));
      expect(leavesOut === "nothing").toBe(exclude.length === 0);
    }
  });

  test("gives the limits in which each sandbox can start", () => {
    for (const [sandbox = "", pids, memoryMiB] of table(CONFIGURATION, "sandbox", "`pids` at least")) {
      const taken = (limits: { pids?: number; memoryMiB?: number }) => {
        try {
          resolveConfig({ matrix: { sandbox: [sandbox] }, limits }, {}, "x", "/");
          return true;
        } catch {
          return false;
        }
      };
      expect([taken({ pids: Number(pids) }), taken({ pids: Number(pids) - 1 })]).toEqual([true, false]);
      expect([
        taken({ memoryMiB: Number(memoryMiB) }),
        taken({ memoryMiB: Number(memoryMiB) - 0.5 }),
      ]).toEqual([true, false]);
    }
  });

  test("has every environment variable that is read", () => {
    /** For tests of this tool. */
    const own = ["SBX_FAKE_FAULTS"];
    const read = sources.flatMap((file) =>
      [
        ...readFileSync(join(import.meta.dirname, "../..", file), "utf8").matchAll(
          /(?<!\.)\b(?:process\.)?env\.([A-Z][A-Z_]+)\b(?! = )/g,
        ),
      ].map(([, name]) => name!),
    );
    /** Read by `go env`, with the rest of Go's settings. */
    const throughGo = ["GOPROXY"];
    const said = table(CONFIGURATION, "variable", "effect")
      .flatMap(([name]) => codes(name ?? ""))
      .filter((name) => !throughGo.includes(name));
    expect(sorted(said)).toEqual(sorted([...new Set(read)].filter((name) => !own.includes(name))));
  });
});

describe("exit codes", () => {
  test("README has all of them", () => {
    const said = table("README.md", "exit code", "meaning").map(([code]) => Number(code));
    expect(said).toEqual(Object.values(EXIT));
  });

  test("help and docs/ci.md name no others", () => {
    const known: number[] = Object.values(EXIT);
    const ci = table("docs/ci.md", "exit code of `check`").map(([code]) => Number(code));
    const helped = commands().flatMap(({ command }) => {
      const said = /Exit codes: (.*?)\. /.exec(helpOf(command))?.[1] ?? "";
      return [...said.matchAll(/(?:^|, )(\d+) /g)].map(([, code]) => Number(code));
    });
    expect(helped.length).toBeGreaterThan(5);
    for (const code of [...ci, ...helped]) expect(known).toContain(code);
  });
});

describe("formats", () => {
  test("docs/ci.md has all of check and compare, and their help, too", () => {
    const formats = [...COMPARISON_FORMATS, "html"];
    expect(sorted(table("docs/ci.md", "format", "for").flatMap(([name]) => codes(name ?? "")))).toEqual(
      sorted(formats),
    );
    for (const name of ["check", "compare"]) expect(help(name)).toContain(formats.join(", "));
  });

  test("docs/ci.md shows every export, and the help of report explains it", () => {
    const shown = [...page("docs/ci.md").matchAll(/report(?: --side .)? --format (\S+)/g)].map(
      ([, name]) => name!,
    );
    expect(sorted([...new Set(shown)])).toEqual(sorted(EXPORT_FORMATS));
    for (const name of EXPORT_FORMATS) expect(help("report").split("With --format")[1]).toContain(name);
  });
});

describe("options", () => {
  /** Of other programs: runsc, unshare, podman, npm scripts and the like. */
  const FOREIGN =
    /^--(?:oci-|seccomp-profile|net$|mount|memory|cap-|silent|part|jq|ignore-cgroups|gates|file-access|field|directfs|all-kernels|write-docs|with-tests|paginate|overlay|method|list|dcache|bounding-set|platform=|oci|help|user|pid|ro-bind|unshare|systrap|host-)/;

  test("that the documentation names are options of a command", () => {
    const known = new Set(commands().flatMap(({ command }) => command.options.map(({ long }) => long)));
    for (const long of ["--config", "--debug", "--version"]) known.add(long);
    const unknown = PAGES.flatMap((file) =>
      codes(page(file).replaceAll(/^```[\s\S]*?^```/gm, ""))
        .filter((code) => code.startsWith("--"))
        .map((code) => /^--[\w-]+=?/.exec(code)?.[0] ?? "")
        .filter((name) => name !== "" && !known.has(name.replace("=", "")) && !FOREIGN.test(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test("have the defaults that the documentation gives", () => {
    const defaults = new Map(
      commands().flatMap(({ command }) =>
        command.options.map((one) => [one.long, one.defaultValue] as const),
      ),
    );
    for (const [, option, value] of page("docs/predict.md").matchAll(/`(--[\w-]+)`, default (\d+)/g))
      expect(String(defaults.get(option))).toBe(value);
    expect(page("docs/predict.md")).toMatch(
      new RegExp(
        `Above\\s+${PREDICT_DEFAULTS.maxUncovered * 100} % of the calls it refuses \\(.--max-uncovered`,
      ),
    );
    expect(page("docs/history.md")).toMatch(
      new RegExp(`--min-change 2%. reports smaller\\s+ones than ${HISTORY_DEFAULTS.minChange * 100} %`),
    );
  });

  test("say in help what values they take", () => {
    for (const name of ["run", "plan"]) {
      const text = help(name);
      for (const values of [PRESETS, REAL_SANDBOXES, PLATFORMS, NETWORKS, FILTERS])
        expect(text).toContain(values.join(", "));
    }
    for (const goal of GOALS) expect(help("tune")).toContain(`"${goal}"`);
  });

  test("that take a share show one that can be typed in", () => {
    const shares = commands().flatMap(({ command }) =>
      command.options.filter(({ flags }) => flags.includes("<share>")),
    );
    expect(sorted([...new Set(shares.map(({ long }) => long!))])).toEqual([
      "--cpu-share",
      "--headroom",
      "--max-regression",
      "--max-uncovered",
      "--min-change",
    ]);
    for (const { description, defaultValue, defaultValueDescription } of shares) {
      expect(description).toContain("10% or 0.1");
      if (defaultValue !== undefined) expect(defaultValueDescription).toBe(shareText(defaultValue as number));
    }
  });

  test("that take several values say so, and take commas and repetition alike", () => {
    const several = commands().flatMap(({ command }) =>
      command.options.filter(({ flags }) => /<(names|globs|ids|dirs|factors)[.>]/.test(flags)),
    );
    expect(several.length).toBeGreaterThan(10);
    for (const option of several) {
      expect(option.description).toContain("commas or repeated");
      // Formats are gathered elsewhere, with their files.
      if (option.long === "--format") continue;
      const once = option.parseArg?.("a,b", undefined as never) as unknown as string[];
      expect(option.parseArg?.("c", once as never)).toEqual(["a", "b", "c"]);
    }
  });
});

test("check's help names the tests that decide", () => {
  expect(help("check")).toMatch(/With --ab .*Westfall and Young.*with --baseline .*Holm/);
});

test("docs/runsc-versions.md lists the factors that --vary takes", () => {
  const paragraph = /The factors: ([\s\S]*?)\. Any other/.exec(page("docs/runsc-versions.md"))?.[1] ?? "";
  expect(codes(paragraph)).toEqual(FLAG_FACTORS.map(({ name }) => name));
});

test("docs/programs.md has every parameter and every metric of the scenario program", () => {
  const parameters = table("docs/programs.md", "parameter", "default").flatMap(([names]) =>
    codes(names ?? ""),
  );
  expect(sorted(parameters)).toEqual(sorted(Object.keys(program.params)));
  const metrics = table("docs/programs.md", "metric", "is").flatMap(([names]) => codes(names ?? ""));
  const known = [...program.metrics, ...hostMetrics(program)].map(({ metric }) => metric);
  expect(sorted(metrics)).toEqual(sorted(known));
});
