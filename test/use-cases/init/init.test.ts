import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sandboxesOf } from "../../../src/axes/axes.ts";
import { loadConfig } from "../../../src/config/load.ts";
import { buildPlan } from "../../../src/plan/build-plan.ts";
import { init } from "../../../src/use-cases/init/init.ts";
import { recordingContext, useFolder } from "../lab.ts";

const ROOT = join(import.meta.dirname, "../../..");
const timed = vi.hoisted(() => vi.fn());
vi.mock("../../../src/profile/time-program.ts", () => ({ timeProgram: timed }));

const root = useFolder();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(root.path, "project-"));
  // As bin/sbx-bench resolves the name wherever a configuration stands.
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/sbx-bench"));
  timed.mockReset();
  timed.mockResolvedValue({ wallNs: 200e6 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const asked = (words: string[], more = {}) => ({ folder, words, programs: [], ci: null, ...more });

describe("init", () => {
  test("writes a configuration that plans the program in every usual sandbox", async () => {
    writeFileSync(join(folder, 'da"ta'), "");
    await init(asked(["gzip", "-c", 'da"ta']), recordingContext());
    const config = await loadConfig(join(folder, "bench.config.ts"), {}, folder);
    expect(config.scenarios).toMatchObject([
      { use: "program", as: "gzip", params: { argv: ["gzip", "-c", 'da"ta'], cwd: ".", repeat: 3 } },
    ]);
    const planned = buildPlan(config, () => null).filter(({ status }) => status === "planned");
    expect(planned.map(({ config: { sandbox } }) => sandbox)).toEqual(sandboxesOf("every"));
  });

  test("gives a slow program longer limits and fewer repetitions", async () => {
    timed.mockResolvedValue({ wallNs: 9e9 });
    await init(asked(["true"]), recordingContext());
    const config = await loadConfig(join(folder, "bench.config.ts"), {}, folder);
    expect(config.scenarios[0]?.params).toMatchObject({ repeat: 1, warmup: 0, timeoutMs: 270_000 });
    expect(config.limits.launchMs).toBeGreaterThan(270_000);
  });

  test.each(["github", "gitlab"] as const)("writes a job for %s that compares both branches", async (ci) => {
    const done = await init(asked(["true"], { ci }), recordingContext());
    expect(done?.files).toHaveLength(2);
    const job = readFileSync(join(folder, done!.files[1]!), "utf8");
    expect(job).toContain("base/bench.config.ts,bench.config.ts");
  });

  test("replaces nothing, and says so before the program runs", async () => {
    writeFileSync(join(folder, "bench.config.ts"), "mine");
    await expect(init(asked(["true"]), recordingContext())).rejects.toMatchObject({
      what: "bench.config.ts is there already",
    });
    expect(timed).not.toHaveBeenCalled();
    expect(readFileSync(join(folder, "bench.config.ts"), "utf8")).toBe("mine");
  });

  test.each([
    [[], "Which program?"],
    [["no-such-program-anywhere"], /no-such-program-anywhere/],
  ])("%j is refused, and nothing is written", async (words, what) => {
    await expect(init(asked(words), recordingContext())).rejects.toMatchObject({
      what: typeof what === "string" ? what : expect.stringMatching(what),
    });
    expect(existsSync(join(folder, "bench.config.ts"))).toBe(false);
  });

  test("that is interrupted leaves no file", async () => {
    const context = recordingContext();
    timed.mockImplementation(async () => {
      context.stop();
      throw new Error("killed");
    });
    expect(await init(asked(["true"]), context)).toBeNull();
    expect(existsSync(join(folder, "bench.config.ts"))).toBe(false);
  });
});
