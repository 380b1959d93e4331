import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runFolders } from "../../src/run/find-run.ts";
import { saveBaseline } from "../../src/store/baseline/baselines.ts";
import { loadRun } from "../../src/store/load-run.ts";
import { loadSide } from "../../src/store/load-side.ts";
import { appendText, folders, getpidLaunch, LAUNCHES, stored, twoCells, writeRun } from "./stored.ts";

const at = folders();

test("a run is found by its id, by latest and by its folder", () => {
  const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
  symlinkSync("run-1", join(at().out, "latest"));
  for (const named of ["run-1", "latest", dir]) {
    expect(loadRun(named, at().out)).toMatchObject({ label: "run-1", path: dir, skipped: [] });
  }
  expect(runFolders(at().out)).toEqual([dir]);
});

test("an unknown run is answered with the nearest one", () => {
  writeRun(at().out, twoCells(), []);
  expect(() => loadRun("run-2", at().out)).toThrow(/Did you mean "run-1"/);
  expect(() => loadRun("run-2", join(at().out, "none"))).toThrow(/holds no runs/);
});

test("lines that are no launch are left out and listed by file and line", () => {
  const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
  const other = JSON.stringify(getpidLaunch(1, 100)).replace("launch@1", "launch@9");
  appendText(
    dir,
    `{"schema":\n\nnull\n${other}\n{"schema":"sbx-bench/launch@1"}\n${JSON.stringify(getpidLaunch(2, 100)).slice(0, -9)}`,
  );
  const { launches, skipped } = loadRun("run-1", at().out);
  expect(launches.map(({ round }) => round)).toEqual([0]);
  expect(skipped.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7]);
  expect(skipped[0]?.file).toBe(join(dir, "launches.ndjson"));
  expect(skipped[2]?.message).toBe("schema sbx-bench/launch@9, not sbx-bench/launch@1");
});

test("launches that no figure comes from are listed: of an unknown cell, or repeated", () => {
  const strange = { ...getpidLaunch(0, 100), cell: "runc/net=none/seccomp=none::other" };
  writeRun(at().out, twoCells(), [getpidLaunch(0, 100), getpidLaunch(1, 100), getpidLaunch(1, 200), strange]);
  expect(loadRun("run-1", at().out).skipped.map(({ message }) => message)).toEqual([
    "1 launch of cells that run.json does not have (runc/net=none/seccomp=none::other, round 1)",
    "1 launch that a later line replaces (runsc/systrap/net=none/seccomp=none::syscalls, round 2)",
  ]);
});

test("a run without its log has no launches", () => {
  mkdirSync(join(at().out, "bare"), { recursive: true });
  writeFileSync(join(at().out, "bare", "run.json"), JSON.stringify(twoCells()));
  expect(loadRun("bare", at().out).launches).toEqual([]);
});

test("a manifest of another schema version, or half of one, is refused", () => {
  const dir = writeRun(at().out, twoCells(), []);
  writeFileSync(join(dir, "run.json"), JSON.stringify({ ...twoCells(), schema: "sbx-bench/run@9" }));
  expect(() => loadRun("run-1", at().out)).toThrow(/another version/);
  writeFileSync(join(dir, "run.json"), JSON.stringify(twoCells()).slice(0, 100));
  expect(() => loadRun("run-1", at().out)).toThrow(/no run that can be read/);
});

test("a run and the baseline that was made of it are the same side of a comparison", () => {
  const launches = [getpidLaunch(0, 100), getpidLaunch(1, 120)];
  writeRun(at().out, twoCells(), launches);
  saveBaseline("main", stored(twoCells(), launches), at().baselines, false);
  const host = twoCells().fingerprint;
  const [run, baseline] = ["run-1", "main"].map((named) => loadSide(named, at(), host));
  expect(run).toMatchObject({ kind: "run", unlike: [] });
  expect(baseline).toMatchObject({ kind: "baseline", unlike: [] });
  const startedAt = (at: string) => new Date(at).toISOString();
  expect(baseline?.launches).toEqual(
    run?.launches.map((one) => ({ ...one, startedAt: startedAt(one.startedAt) })),
  );
});

test("a side of another host comes with the fields that differ", () => {
  writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
  const side = loadSide("run-1", at(), { id: "beef", fields: { "cpu.model": "other" } });
  expect(side.unlike).toEqual([{ field: "cpu.model", a: "any", b: "other" }]);
  expect(() => loadSide("run1", at(), null)).toThrow(/Did you mean "run-1"/);
});

test.each([
  ["a folder", (path: string) => mkdirSync(path), "It is a folder"],
  // Its writer never comes: without a look at it, reading would not end.
  ["a FIFO", (path: string) => execFileSync("mkfifo", [path]), "It is a FIFO"],
])("%s in the place of the log is refused as wrong input", (_, make, why) => {
  mkdirSync(join(at().out, "odd"), { recursive: true });
  writeFileSync(join(at().out, "odd", "run.json"), JSON.stringify(twoCells()));
  make(join(at().out, "odd", LAUNCHES));
  expect(() => loadRun("odd", at().out)).toThrow(why);
});

test("a file in the place of the folder of the runs holds none", () => {
  mkdirSync(join(at().out, ".."), { recursive: true });
  writeFileSync(at().out, "");
  expect(() => loadRun("latest", at().out)).toThrow("There is no run latest");
});

test("packed launches are read as they are; a file that is cut off is a mistake with its name", () => {
  const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
  const packed = gzipSync(readFileSync(join(dir, LAUNCHES)));
  rmSync(join(dir, LAUNCHES));
  writeFileSync(join(dir, `${LAUNCHES}.gz`), packed);
  expect(loadRun("run-1", at().out).launches.map(({ round }) => round)).toEqual([0]);
  writeFileSync(join(dir, `${LAUNCHES}.gz`), packed.subarray(0, 60));
  expect(() => loadRun("run-1", at().out)).toThrow(/launches\.ndjson\.gz: unexpected end of file/);
});
