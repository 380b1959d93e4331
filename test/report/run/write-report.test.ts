import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { writeReport } from "../../../src/report/run/write-report.ts";
import { madeCell } from "../../model/made-model.ts";
import { fixture } from "../fixture.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "sbx-report-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const run = fixture({ rounds: 7, scenarios: ["syscalls", "startup"], sandboxes: ["native", "runsc"] });

test("the run's folder gets its files and nothing half-written", async () => {
  const dir = path.join(scratch, "new", "run");
  const files = await writeReport({ ...run, dir });
  expect(readdirSync(dir).toSorted()).toEqual(["model.json", "report.html", "report.md", "summary.json"]);
  expect(JSON.parse(readFileSync(files.summary, "utf8"))).toEqual(run.summary);
  expect(files.warnings).toEqual([]);
});

test("the fitted model is written for other programs", async () => {
  const { model } = await writeReport({ ...run, dir: path.join(scratch, "model") });
  const { schema, configurations } = JSON.parse(readFileSync(model!, "utf8"));
  expect(schema).toBe("sbx-bench/model@1");
  const systrap = configurations.find(
    ({ configuration }: { configuration: string }) => configuration === "runsc/systrap/net=none/seccomp=none",
  );
  const trap = systrap.terms.find(({ term }: { term: string }) => term === "trap");
  expect(trap.lowNs).toBeLessThanOrEqual(trap.costNs);
  expect(trap.highNs).toBeGreaterThanOrEqual(trap.costNs);
});

test("predictions that stand in the folder's model.json are shown and kept", async () => {
  const dir = path.join(scratch, "stored");
  mkdirSync(dir);
  const cells = [madeCell("gzip"), madeCell("grep")];
  const stored = { schema: "sbx-bench/model@1", cells, programs: [] };
  writeFileSync(path.join(dir, "model.json"), JSON.stringify(stored));
  const files = await writeReport({ ...run, dir });
  expect(readFileSync(files.markdown, "utf8")).toContain("## Predicted against measured");
  expect(JSON.parse(readFileSync(files.model!, "utf8")).cells).toEqual(cells);
});

test("a model.json of another version is said to be replaced", async () => {
  const dir = path.join(scratch, "other");
  mkdirSync(dir);
  writeFileSync(path.join(dir, "model.json"), "{");
  const { warnings } = await writeReport({ ...run, dir });
  expect(warnings).toEqual([expect.stringContaining("is no model of this version")]);
});

test("charts become files where that is asked for", async () => {
  const dir = path.join(scratch, "charts");
  await writeReport({ ...run, dir, chartFiles: true });
  expect(readdirSync(path.join(dir, "charts"))).toEqual(expect.arrayContaining(["ladder.png", "ladder.svg"]));
});

test("charts of an emulated run are not made", async () => {
  const emulated = fixture({ rounds: 7, scenarios: ["syscalls"], emulated: true });
  const { warnings } = await writeReport({
    ...emulated,
    dir: path.join(scratch, "emulated"),
    chartFiles: true,
  });
  expect(warnings).toEqual(["no charts: the processor is emulated"]);
});

test("a file where the folder should be is explained", async () => {
  const dir = path.join(scratch, "file");
  writeFileSync(dir, "");
  const failure = await writeReport({ ...run, dir }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SbxError);
  expect(failure).toMatchObject({ exitCode: 4, what: `Cannot write the report to ${dir}` });
});

const isRoot = process.getuid?.() === 0;

/** In a mount namespace of its own: the host's mounts stay as they are. */
describe.skipIf(!isRoot)("on a tmpfs (mounting one needs root)", () => {
  const script = `
    const [dir, data] = process.argv.slice(1);
    const { readFileSync } = await import("node:fs");
    const { writeReport } = await import(${JSON.stringify(path.resolve("src/report/run/write-report.ts"))});
    await writeReport({ ...JSON.parse(readFileSync(data, "utf8")), dir }).catch((error) => {
      console.log(JSON.stringify({ exitCode: error.exitCode, why: error.why }));
    });`;

  function writeOn(options: string): { answer: unknown; dir: string } {
    const dir = mkdtempSync(path.join(scratch, "mount-"));
    const data = path.join(scratch, "run.json");
    if (!existsSync(data)) writeFileSync(data, JSON.stringify(run));
    const shell = `mount -t tmpfs -o ${options} sbx-test "$1" && exec "$2" --input-type=module -e "$3" "$1" "$4"; echo "left: $(ls "$1")"`;
    const args = ["--mount", "sh", "-c", shell, "sh", dir, process.execPath, script, data];
    const { stdout, stderr } = spawnSync("unshare", args, { encoding: "utf8", timeout: 30_000 });
    if (stdout === "") throw new Error(stderr);
    return { answer: JSON.parse(stdout), dir };
  }

  test("a full disk is explained", () => {
    expect(writeOn("size=64k").answer).toEqual({ exitCode: 4, why: "the disk is full" });
  });

  test("a read-only folder is explained", () => {
    expect(writeOn("ro").answer).toEqual({ exitCode: 4, why: "the file system is read-only" });
  });
});
