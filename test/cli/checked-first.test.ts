/** Arguments are checked before anything long begins: nothing is built, probed, profiled or measured for a mistake. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { commandsFor } from "../../src/cli/commands.ts";
import { configureProgram } from "../../src/cli/program.ts";
import { useOwnCache } from "../run/own-cache.ts";
// Their stand-ins are made here, once: commands that load them side by side saw one of them unfinished on a busy host.
import "../../src/probe/probe-host.ts";
import "../../src/workload/programs.ts";

const begun = vi.hoisted((): string[] => []);
vi.mock("../../src/cli/output/note.ts", () => ({ note: () => {} }));
vi.mock("../../src/workload/programs.ts", async (original) => ({
  ...(await original<object>()),
  buildTrue: async () => begun.push("build"),
  buildHelper: async () => begun.push("build"),
}));
vi.mock("../../src/probe/probe-host.ts", async () => {
  const { FAKE_PROBE } = await import("../probe/fake-probe.ts");
  return {
    probeHost: async () => {
      begun.push("probe");
      return FAKE_PROBE;
    },
  };
});
vi.mock("../../src/profile/record-profile.ts", () => ({
  recordProfile: async () => {
    begun.push("profile");
    throw new Error("profiled");
  },
}));
vi.mock("../../src/use-cases/program/stored-model.ts", () => ({
  modelHere: () => ({
    model: { configurations: [{ configuration: "runsc/systrap/net=none/seccomp=none" }] },
    programs: [],
    warnings: [],
  }),
}));

useOwnCache();
const folder = mkdtempSync(join(tmpdir(), "sbx-first-"));
afterAll(() => rmSync(folder, { recursive: true }));
const config = join(folder, "lab.config.ts");
const broken = join(folder, "broken.config.ts");
beforeAll(() => {
  const scenarioDir = join(import.meta.dirname, "../../scenarios");
  writeFileSync(config, `export default { scenarioDir: ${JSON.stringify(scenarioDir)}, rounds: 1 };\n`);
  writeFileSync(broken, `export default { scenarioDir: ${JSON.stringify(scenarioDir)}, rounds: 0 };\n`);
  writeFileSync(join(folder, "not-a-folder"), "");
  mkdirSync(join(folder, "a-folder"));
});
beforeEach(() => {
  begun.length = 0;
});

/** What the command line says; the command runs in this process. */
async function said(...words: string[]): Promise<string> {
  const program = configureProgram(new Command(), await commandsFor([]));
  let printed = "";
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)])
    command.configureOutput({
      writeErr: (text) => {
        printed += text;
      },
    });
  try {
    const namesOwn = words.includes("run") && words.some((word) => word.endsWith(".config.ts"));
    await program.parseAsync(namesOwn ? words : ["--config", config, ...words], { from: "user" });
  } catch (error) {
    if (error instanceof SbxError) return `${error.what}. ${error.why} ${error.fix}`;
    return `${printed}${error instanceof Error ? error.message : ""}`;
  }
  return "taken";
}

const NO_FOLDER = join(folder, "not-a-folder", "out");

describe("run and plan ask nothing of the host", () => {
  test.each([
    ["an unknown scenario", ["run", "--scenarios", "startp"], 'Did you mean "startup"?'],
    ["an unknown network", ["run", "--network", "none,hots"], 'Did you mean "host"?'],
    ["a glob that matches nothing", ["run", "--cells", "runcs/*"], "No cell matches runcs/*"],
    ["a glob that matches nothing, in plan", ["plan", "--cells", "native/*,nope"], "No cell matches nope"],
    [
      "a filter file that does not exist",
      ["run", "--seccomp", "./strict.json"],
      "filter ./strict.json cannot be used",
    ],
    ["an unknown runsc", ["run", "--runsc", "nonesuch"], "nonesuch"],
    ["an unknown variant of flags", ["run", "--flags", "nonesuch"], "nonesuch"],
    ["an unknown factor", ["run", "--vary", "directf"], 'Did you mean "directfs"?'],
    ["results that can't be written", ["run", "--out", NO_FOLDER], "is not a folder"],
    ["an empty list", ["run", "--network", ""], "It is empty"],
    ["one configuration for --ab", ["run", "--ab", "a.config.ts"], "exactly two configuration files"],
    [
      "a second configuration with a mistake",
      ["run", "--ab", `${config},${broken}`],
      "rounds: 0 is too small",
    ],
    [
      "a glob that the second side lacks",
      ["run", "--ab", `${config},${config}`, "--cells", "x"],
      "No cell matches x",
    ],
    ["--aa without twins", ["run", "--aa", "--no-twins"], "--no-twins has no effect"],
    ["a resumed run without twins", ["run", "--resume", "--no-twins"], "--no-twins has no effect"],
  ])("for %s", async (_, words, answer) => {
    expect(await said(...words)).toContain(answer);
    expect(begun).toEqual([]);
  });

  test("for --ab beside --config, which would be ignored", async () => {
    expect(await said("run", "--ab", "a,b")).toContain("--config has no effect");
  });
});

describe("predict, tune and profile run no program", () => {
  const run = ["--", "sort", "/etc/services"];
  test.each([
    ["no program", ["predict"], "Which program?"],
    ["nothing behind --", ["tune", "--"], "There is nothing behind --"],
    ["nothing behind -- of profile", ["profile", "--"], "There is nothing behind --"],
    ["a pipeline in quotes", ["predict", "--", "cat x | gzip"], "sh -c 'cat x | gzip'"],
    ["a program that does not exist", ["profile", "--", "srot"], "There is no program srot"],
    ["a working folder that does not exist", ["profile", "--cwd", "/nowhere", ...run], "no such folder"],
    ["a folder to copy that does not exist", ["tune", "--work", "/nowhere", ...run], "no such folder"],
    ["an input that does not exist", ["predict", "--stdin", "/nowhere", ...run], "does not exist"],
    ["a profile that does not exist", ["predict", "--profile", "/nowhere.json"], "is not a file"],
    ["a run that does not exist", ["predict", "--run", "nonesuch", ...run], "nonesuch"],
    ["rounds without --verify", ["predict", "--rounds", "9", ...run], "--rounds has no effect"],
    ["profiling without a program", ["tune", "--runs", "3"], "--runs has no effect"],
    [
      "profiling beside a profile",
      ["predict", "--profile", "x", "--runs", "3", "--env", "A=b"],
      "--runs, --env",
    ],
    ["a share that could be two", ["predict", "--max-uncovered", "10", ...run], "write 10% or 0.1"],
    ["a profile that can't be written", ["profile", "--out", NO_FOLDER, ...run], "is not a folder"],
    ["a page that is a folder", ["tune", "--html", folder, ...run], "It is a folder"],
    [
      "a file that no sandbox sees",
      ["predict", "--verify", "--cwd", join(folder, "a-folder"), "--", "sort", config],
      `--bind ${folder}`,
    ],
  ])("for %s", async (_, words, answer) => {
    expect(await said(...words)).toContain(answer);
    expect(begun).toEqual([]);
  });

  test("for a configuration that the model lacks, once the model is known", async () => {
    expect(await said("predict", "--cells", "runcs/*", ...run)).toContain(
      "No configuration of the model matches runcs/*",
    );
    expect(begun).not.toContain("profile");
  });

  test("and does for what is right", async () => {
    expect(await said("predict", "--cells", "runsc/*", ...run)).toContain("profiled");
    expect(begun).toContain("profile");
  });
});

describe("what reads stored runs", () => {
  test.each([
    [
      "a rendering that can't be written",
      ["report", "--format", "csv", "--output-file", NO_FOLDER],
      "is not a folder",
    ],
    ["an output file without a format", ["report", "--output-file", "x"], "--output-file has no effect"],
    ["charts beside a format", ["report", "--format", "csv", "--charts"], "--charts has no effect"],
    [
      "two formats where one is printed",
      ["report", "--format", "csv", "--format", "bmf"],
      "There is --format csv already",
    ],
    ["an unknown format", ["check", "--ab", "--format", "junti"], 'Did you mean "junit"?'],
    [
      "a verdict that can't be written",
      ["check", "--ab", "--format", "junit", "--output-file", NO_FOLDER],
      "is not a folder",
    ],
    [
      "a comparison that can't be written",
      ["compare", "--ab", "--format", "csv", "--output-file", folder],
      "It is a folder",
    ],
    [
      "one file for several formats",
      ["check", "--ab", "--format", "junit,csv", "--output-file", "x"],
      "Several formats",
    ],
    [
      "rounds without --until-clear",
      ["check", "--ab", "--max-rounds", "9", "--budget", "1m"],
      "--max-rounds, --budget",
    ],
    ["a page without a metric", ["history", "--parquet", "x", "--html", "y"], "--html has no effect"],
    ["a table that can't be written", ["history", "--parquet", NO_FOLDER], "is not a folder"],
    [
      "a scenario that can't be recorded",
      ["seccomp", "record", "startup,program"],
      "No filter can be generated",
    ],
    [
      "an unknown scenario to record",
      ["seccomp", "record", "startup,nonesuch"],
      'There is no scenario "nonesuch"',
    ],
  ])("says so for %s, before it reads them", async (_, words, answer) => {
    expect(await said(...words)).toContain(answer);
    expect(begun).toEqual([]);
  });
});
