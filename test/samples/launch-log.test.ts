import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { dropPartialLine, LaunchLog, readLaunchLog } from "../../src/samples/launch-log.ts";
import { launchRecord } from "../run/records.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "launches.ndjson");
beforeEach(() => rmSync(file, { force: true }));

function write(...rounds: number[]): void {
  const log = new LaunchLog(file);
  for (const round of rounds) log.append(launchRecord({ round }));
  log.close();
}

const rounds = () => readLaunchLog(file).records.map((record) => record.round);

test("what was appended comes back as it was", () => {
  const record = launchRecord({ round: 4, cell: "native/net=host/seccomp=none::files" });
  const log = new LaunchLog(file);
  log.append(record);
  log.close();
  expect(readLaunchLog(file)).toEqual({ records: [record], bad: [] });
});

test("a record is in the file as soon as append returns", () => {
  const log = new LaunchLog(file);
  log.append(launchRecord({ round: 0 }));
  expect(rounds()).toEqual([0]);
  log.close();
});

test("a second session appends to the first one's records", () => {
  write(0, 1);
  write(2);
  expect(rounds()).toEqual([0, 1, 2]);
});

test("a line cut off by a crash is dropped, whole ones stay", () => {
  write(0, 1);
  appendFileSync(file, '{"schema":"sbx-bench/launch@1","cell":"na');
  dropPartialLine(file);
  write(2);
  expect(readLaunchLog(file).bad).toEqual([]);
  expect(rounds()).toEqual([0, 1, 2]);
});

test("a whole file is left as it is", () => {
  write(0);
  const before = readFileSync(file);
  dropPartialLine(file);
  expect(readFileSync(file)).toEqual(before);
});

test("a line with a number in quotes, or an entry that is none, is no launch", () => {
  const phases = { prepareNs: 1, readyNs: "12", workNs: 3, exitNs: 4, cleanupNs: 5 };
  const wrong = [
    { phases },
    { cpuNs: "5" },
    { values: [{ name: "rss", unit: "bytes", value: "7" }] },
    { values: [{ name: "rss", unit: "stones", value: 7 }] },
    { values: [null] },
    { memory: [{ mark: "idle", pssBytes: "1" }] },
    { load: null },
  ];
  for (const parts of wrong) appendFileSync(file, `${JSON.stringify({ ...launchRecord(), ...parts })}\n`);
  const { records, bad } = readLaunchLog(file);
  expect(records).toEqual([]);
  expect(bad.map(({ message }) => message)).toEqual([
    'phases.readyNs is "12", not a number',
    'cpuNs is "5", not a number',
    'rss.value is "7", not a number',
    'rss.unit is "stones", not a unit',
    "a launch without its samples",
    'memory@idle.pssBytes is "1", not a number',
    "a launch without its host's part",
  ]);
});

test("a file of one partial line becomes empty", () => {
  writeFileSync(file, '{"schema"');
  dropPartialLine(file);
  expect(readFileSync(file, "utf8")).toBe("");
});

test("a broken line in the middle is named, and the others are read", () => {
  write(0);
  appendFileSync(file, "garbage\n");
  write(1);
  expect(rounds()).toEqual([0, 1]);
  expect(readLaunchLog(file).bad).toMatchObject([{ line: 2 }]);
});

test("a record of another schema is named, not guessed at", () => {
  writeFileSync(file, `${JSON.stringify({ ...launchRecord({}), schema: "sbx-bench/launch@9" })}\n`);
  expect(readLaunchLog(file)).toEqual({
    records: [],
    bad: [{ line: 1, message: "schema sbx-bench/launch@9, not sbx-bench/launch@1" }],
  });
});

test("a file that can't be opened is an error of the environment", () => {
  let refusal: unknown;
  try {
    new LaunchLog(join(folder, "nowhere", "launches.ndjson"));
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(SbxError);
  expect((refusal as SbxError).exitCode).toBe(4);
});

test("a full disk is said to be full, and what to do", () => {
  const log = new LaunchLog("/dev/full");
  let refusal: unknown;
  try {
    log.append(launchRecord({}));
  } catch (error) {
    refusal = error;
  }
  log.close();
  expect(refusal).toMatchObject({ why: "The disk is full.", exitCode: 4 });
  expect((refusal as SbxError).fix).toContain("--resume");
});
