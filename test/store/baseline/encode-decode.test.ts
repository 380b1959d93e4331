import { describe, expect, test } from "vitest";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import { decodeBaseline } from "../../../src/store/baseline/decode.ts";
import { encodeBaseline } from "../../../src/store/baseline/encode.ts";
import { reduceLaunches } from "../../../src/store/reduce-launch.ts";
import { fixture } from "../../report/fixture.ts";
import { failedLaunch, RUNSC } from "../../stats/records.ts";
import { getpidLaunch, twoCells } from "../stored.ts";

const disturbed = getpidLaunch(1, 110);
disturbed.load.disturbed = ["other processes used 75 % of the CPU time"];
const launches = [getpidLaunch(0, 100), disturbed, failedLaunch(RUNSC, 2, "it crashed")];
const text = encodeBaseline(twoCells(), launches);
const lines = text.trimEnd().split("\n");

function byPlace(records: readonly LaunchRecord[]): LaunchRecord[] {
  return records.toSorted((a, b) => a.round - b.round || (a.cell < b.cell ? -1 : 1));
}

describe("a baseline's text", () => {
  test("gives the reduced launches back", () => {
    const { manifest, launches: full } = fixture({ rounds: 7 });
    const read = decodeBaseline(encodeBaseline(manifest, full), "b");
    const expected = reduceLaunches(manifest, full).map((launch) => ({
      ...launch,
      failure: launch.failure && { ...launch.failure, exitCode: null, signal: null },
      values: launch.values.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }));
    const found = read.launches.map((launch) => ({
      ...launch,
      values: launch.values.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }));
    expect(byPlace(found)).toEqual(byPlace(expected));
  });

  test("gives the manifest back, without excluded cells and paths of the machine", () => {
    const config = {
      scenarios: [{ use: "syscalls" }],
      limits: { pids: 9 },
      runsc: { path: "/x", flags: ["--a"] },
      out: "/y",
    };
    const read = decodeBaseline(
      encodeBaseline({ ...twoCells(), config, commandLine: ["run"] }, launches),
      "b",
    );
    expect(read.manifest).toMatchObject({
      runId: "run-1",
      rounds: 8,
      fingerprint: { id: "f00d" },
      commandLine: [],
    });
    expect(read.manifest.cells.map(({ id }) => id)).toEqual([launches[0]?.cell]);
    expect(read.manifest.config).toEqual({
      scenarios: config.scenarios,
      limits: config.limits,
      runsc: { path: null, flags: ["--a"], variants: [] },
    });
  });

  test("is the same for the same run, and for what was read from it", () => {
    const read = decodeBaseline(text, "b");
    expect(encodeBaseline(twoCells(), launches)).toBe(text);
    expect(encodeBaseline(read.manifest, read.launches)).toBe(text);
  });

  test("does not depend on the order in which launches ended", () => {
    expect(encodeBaseline(twoCells(), launches.toReversed())).toBe(text);
  });

  test("holds the later of two records for one round", () => {
    const again = encodeBaseline(twoCells(), [getpidLaunch(0, 500), ...launches]);
    expect(again).toBe(text);
  });

  test("is a small part of the log", () => {
    const { manifest, launches: full } = fixture();
    const log = full.reduce((sum, launch) => sum + JSON.stringify(launch).length + 1, 0);
    expect(encodeBaseline(manifest, full).length).toBeLessThan(log / 4);
  });
});

describe("a baseline's file is refused", () => {
  const refusal = (content: string) => {
    try {
      decodeBaseline(content, "base.ndjson");
    } catch (error) {
      return error;
    }
    return null;
  };

  test("when it is of another schema version", () => {
    expect(refusal(text.replace("baseline@1", "baseline@2"))).toMatchObject({
      what: "The baseline base.ndjson is of another version",
      why: expect.stringContaining('"sbx-bench/baseline@2"'),
      exitCode: 2,
    });
  });

  test.each([
    ["empty", ""],
    ["cut off within a line", text.slice(0, -40)],
    ["cut off after a line", lines.slice(0, -2).join("\n")],
    ["short of a line", lines.filter((_, index) => index !== 3).join("\n")],
    ["no JSON", `${lines[0]}\n<<<<<<< HEAD\n${lines.slice(1).join("\n")}`],
  ])("when it is %s", (_, content) => {
    expect(refusal(content)).toMatchObject({ what: "The baseline base.ndjson can't be used", exitCode: 2 });
  });

  test("with the number of the line that is wrong", () => {
    const wrong = lines.with(2, '{"type":"cell","id":5}').join("\n");
    expect(refusal(wrong)).toMatchObject({ why: expect.stringContaining("Line 3: id") });
  });

  test("when a value is no number", () => {
    expect(refusal(text.replace(/"values":\[[^,\]]*/, '"values":[null'))).toMatchObject({
      why: expect.stringContaining("values.0"),
    });
  });
});
