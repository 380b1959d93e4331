import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import type { ScenarioUse } from "../../src/config/resolved-config.ts";
import type { PresetName } from "../../src/config/schema.ts";
import { listScenarios, loadScenarios, overridesBundled } from "../../src/workload/catalogue.ts";

const BUNDLED = join(import.meta.dirname, "../../scenarios");
const folder = mkdtempSync(join(tmpdir(), "sbx-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MINE = {
  name: "mine",
  description: "A scenario of the user's own.",
  params: { opMs: 100, ops: [], label: "a", strict: false },
  presets: { quick: { opMs: 5 } },
  metrics: [{ metric: "spin", title: "spin once", unit: "ns", better: "lower", group: "mine" }],
  host: { startup: true, memoryMarks: ["start"] },
};

function write(name: string, definition: unknown): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "scenario.ts"), `export default ${JSON.stringify(definition)};\n`);
}
write("mine", MINE);

const use = (name: string, params: ScenarioUse["params"] = {}, as = name): ScenarioUse => ({
  use: name,
  as,
  params,
});

const load = (uses: ScenarioUse[], preset: PresetName = "standard", scenarioDir = folder) =>
  loadScenarios({ scenarios: uses, scenarioDir, baseDir: "/project", preset });

async function refusal(one: ScenarioUse): Promise<SbxError> {
  try {
    await load([one]);
  } catch (error) {
    if (error instanceof SbxError) return error;
    throw error;
  }
  return expect.unreachable();
}

test("every bundled scenario has a valid description", async () => {
  const names = await listScenarios(BUNDLED);
  const loaded = await load(names.map((name) => use(name)));
  expect(loaded.map((scenario) => scenario.definition.name)).toEqual(names);
  expect(names).toEqual(
    expect.arrayContaining(["cpu", "files", "goroutines", "memory", "network", "startup", "syscalls"]),
  );
});

test("no scenario has a metric twice", async () => {
  const names = await listScenarios(BUNDLED);
  for (const { metrics } of await load(
    names.map((name) => use(name)),
    "full",
  )) {
    const ids = metrics.map((meta) => meta.metric);
    expect(ids).toEqual([...new Set(ids)]);
  }
});

describe("beside the scenarios of a configuration", () => {
  test("those of this tool can be used", async () => {
    expect((await load([use("startup")]))[0]?.dir).toBe(join(BUNDLED, "startup"));
    expect((await load([use("startup")], "standard", join(folder, "nowhere")))[0]?.dir).toBe(
      join(BUNDLED, "startup"),
    );
  });

  test("one of the same name stands in for this tool's, and is known to", async () => {
    write("cpu", { ...MINE, name: "cpu" });
    const [cpu, startup, mine] = await load([use("cpu"), use("startup"), use("mine")]);
    expect(cpu?.dir).toBe(join(folder, "cpu"));
    expect([cpu!, startup!, mine!].map(overridesBundled)).toEqual([true, false, false]);
    rmSync(join(folder, "cpu"), { recursive: true });
  });
});

test("a description that does not load is the user's mistake", async () => {
  write("torn", MINE);
  writeFileSync(join(folder, "torn/scenario.ts"), "export default {\n  name torn\n};\n");
  onTestFinished(() => rmSync(join(folder, "torn"), { recursive: true }));
  const error = await refusal(use("torn"));
  expect(error.what).toMatch(/^The description of a scenario .*torn\/scenario\.ts does not load$/);
});

test("paths of a program start at the configuration's folder", async () => {
  const [program] = await load([
    use("program", { argv: ["./tool", "./x"], binds: ["system", "data:rw", "."], stdin: "in.txt" }),
  ]);
  expect(program?.params).toMatchObject({
    argv: ["/project/tool", "./x"],
    binds: ["system", "/project/data:rw", "/project"],
    stdin: "/project/in.txt",
    cwd: "",
    work: "",
  });
});

describe("parameters", () => {
  const paramsOf = async (one: ScenarioUse, preset: "quick" | "standard" = "standard") =>
    (await load([one], preset))[0]?.params;

  test("the description's defaults hold", async () => {
    expect(await paramsOf(use("mine"))).toEqual({ opMs: 100, ops: [], label: "a", strict: false });
  });

  test("a preset's value wins over the default, the configuration's over both", async () => {
    expect((await paramsOf(use("mine"), "quick"))?.opMs).toBe(5);
    expect((await paramsOf(use("mine", { opMs: 7 }), "quick"))?.opMs).toBe(7);
  });

  test("one scenario under two names has two sets of parameters", async () => {
    const loaded = await load([
      use("mine", { opMs: 1 }, "mine-short"),
      use("mine", { opMs: 900 }, "mine-long"),
    ]);
    expect(loaded.map(({ as, params }) => [as, params.opMs])).toEqual([
      ["mine-short", 1],
      ["mine-long", 900],
    ]);
  });

  test("an unknown one is answered with the nearest", async () => {
    const error = await refusal(use("mine", { opms: 7 }));
    expect(error.what).toBe('Scenario "mine" has no parameter "opms"');
    expect(error.why).toContain('Did you mean "opMs"?');
    expect(error.exitCode).toBe(2);
  });

  test.each([
    [{ opMs: "7" }, "It has to be a number; the default is 100."],
    [{ ops: "spin" }, "It has to be a list of texts; the default is []."],
    [{ strict: 1 }, "It has to be true or false; the default is false."],
    [{ label: true }, 'It has to be a text; the default is "a".'],
  ])("one of the wrong kind is answered with the right kind: %o", async (params, why) => {
    expect((await refusal(use("mine", params))).why).toBe(why);
  });

  test("an operation that the scenario does not have is answered with the nearest", async () => {
    const error = await refusal(use("mine", { ops: ["spinn"] }));
    expect(error.why).toContain('Did you mean "spin"?');
  });
});

test("an unknown scenario is answered with the nearest and with all of them", async () => {
  const error = await refusal(use("mien"));
  expect(error.why).toContain('Did you mean "mine"?');
  expect(error.fix).toMatch(/^Scenarios: cpu, .*mine, .*syscalls\./);
});

test("a description with a mistake is refused with the place", async () => {
  write("broken", { ...MINE, name: "broken", metrics: [{ ...MINE.metrics[0], unit: "ms" }] });
  const error = await refusal(use("broken"));
  expect(error.what).toBe('The description of scenario "broken" has a mistake');
  expect(error.why).toContain("metrics[0].unit");
  rmSync(join(folder, "broken"), { recursive: true });
});

test("a folder that was copied and not renamed inside is refused", async () => {
  write("copy", MINE);
  expect((await refusal(use("copy"))).why).toBe('Its name is "mine", its folder "copy".');
  rmSync(join(folder, "copy"), { recursive: true });
});

test("what the host measures stands behind what the program prints", async () => {
  const [loaded] = await load([use("mine")]);
  expect(loaded?.metrics.map((meta) => meta.metric)).toEqual([
    "spin",
    "ready",
    "exit",
    "cleanup",
    "total",
    "pss@start",
    "cgroup@start",
    "cgroup-shmem@start",
  ]);
});

test("a folder without scenario.ts is no scenario, and a missing folder has none", async () => {
  mkdirSync(join(folder, "internal"));
  expect(await listScenarios(folder)).toEqual(["mine"]);
  expect(await listScenarios(join(folder, "nowhere"))).toEqual([]);
});
