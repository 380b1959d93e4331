import { describe, expect, test } from "vitest";
import { collect, emptyTranscript, parseLine } from "../../src/workload/protocol.ts";

const OP = {
  type: "op",
  op: "getpid",
  unit: "ns",
  iterations: 200,
  batchSize: 10,
  batches: [41.5, 40],
  median: 40,
  p10: 39,
  p50: 40,
  p90: 44,
  p99: 90,
  histogram: [
    [40, 150],
    [90, 50],
  ],
};

const MESSAGES: Record<string, unknown>[] = [
  { type: "hello", v: 1, scenario: "syscalls", go: "go1.26", gomaxprocs: 2 },
  { type: "clock", source: "tsc", hzStart: 3e9, hzEnd: 3e9, readCostNs: 7.5 },
  OP,
  { ...OP, p10: null, p50: null, p90: null, p99: null, histogram: [] },
  { type: "value", name: "rss", unit: "bytes", value: -1 },
  { type: "check", name: "counter", ok: false, expected: "3", actual: "2" },
  { type: "skip", op: "tcp-rr-veth", reason: "no peer" },
  { type: "mark", name: "touched" },
  { type: "ready", port: 7001 },
  { type: "end" },
];

test.each(MESSAGES)("$type is understood as it is written", (message) => {
  expect(parseLine(JSON.stringify(message))).toEqual(message);
});

describe("garbage", () => {
  test.each([
    ["plain text", "Hello, world!", /not a JSON line: Hello, world!/],
    ["half a line", '{"type":"end"', /not a JSON line/],
    ["nothing", "", /not a JSON line/],
    [
      "NaN, which JSON does not have",
      '{"type":"value","name":"x","unit":"ns","value":NaN}',
      /not a JSON line/,
    ],
    [
      "a number past the largest",
      '{"type":"value","name":"x","unit":"ns","value":1e999}',
      /no protocol line.*value/s,
    ],
    ["a list", "[]", /no protocol line/],
    ["null", "null", /no protocol line/],
    ["an object without a type", "{}", /no protocol line/],
    ["an unknown type", '{"type":"bye"}', /no protocol line/],
    ["a field too many", '{"type":"end","when":"now"}', /no protocol line.*when/s],
    ["a field too few", '{"type":"mark"}', /no protocol line.*name/s],
    ["another protocol version", JSON.stringify({ ...MESSAGES[0], v: 2 }), /no protocol line.*→ at v/s],
    ["a time below zero", JSON.stringify({ ...OP, median: -1 }), /no protocol line.*median/s],
    ["a batch below zero", JSON.stringify({ ...OP, batches: [1, -1] }), /no protocol line.*batches\[1\]/s],
    ["no batch at all", JSON.stringify({ ...OP, batches: [] }), /no protocol line.*batches/s],
    ["a unit that does not exist", JSON.stringify({ ...OP, unit: "ms" }), /no protocol line.*unit/s],
    [
      "an empty histogram bucket",
      JSON.stringify({ ...OP, histogram: [[40, 0]] }),
      /no protocol line.*histogram/s,
    ],
    [
      "a fraction of an iteration",
      JSON.stringify({ ...OP, iterations: 1.5 }),
      /no protocol line.*iterations/s,
    ],
    ["a text for a number", JSON.stringify({ ...OP, median: "40" }), /no protocol line.*median/s],
    ["an op without a name", JSON.stringify({ ...OP, op: "" }), /no protocol line.*op/s],
  ])("%s", (_, line, message) => {
    expect(parseLine(line)).toEqual({ garbage: expect.stringMatching(message) });
  });

  test("is quoted at most 120 characters long", () => {
    const parsed = parseLine("x".repeat(1_000_000));
    expect("garbage" in parsed && parsed.garbage.length).toBeLessThan(200);
  });
});

test("what a launch said is collected by kind; what only steers it is not", () => {
  const transcript = emptyTranscript();
  for (const message of MESSAGES) {
    const parsed = parseLine(JSON.stringify(message));
    if (!("garbage" in parsed)) collect(transcript, parsed);
  }
  const { type: _, ...clock } = MESSAGES[1]!;
  expect(transcript.clock).toEqual(clock);
  expect(transcript.ops).toHaveLength(2);
  expect(transcript.ops[0]).not.toHaveProperty("type");
  expect(transcript.values).toEqual([{ name: "rss", unit: "bytes", value: -1 }]);
  expect(transcript.checks).toHaveLength(1);
  expect(transcript.skips).toEqual([{ op: "tcp-rr-veth", reason: "no peer" }]);
});
