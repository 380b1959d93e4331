import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { jsonMistake } from "../../src/base/json-mistake.ts";
import { JsonError, parseJson, readJson } from "../../src/base/read-json.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-json-"));
afterAll(() => rmSync(folder, { recursive: true }));

const JSON_TEXT = '{"name": "é", "rounds": [1, 2]}\n';

test.each([
  ["UTF-8 without a mark", Buffer.from(JSON_TEXT)],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${JSON_TEXT}`)],
  ["UTF-16, little-endian", Buffer.from(`\uFEFF${JSON_TEXT}`, "utf16le")],
  ["UTF-16, big-endian", Buffer.from(`\uFEFF${JSON_TEXT}`, "utf16le").swap16()],
])("%s is read", (name, bytes) => {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, bytes);
  expect(readJson(file)).toEqual({ name: "é", rounds: [1, 2] });
});

function mistakeOf(text: string): string {
  try {
    return `read: ${JSON.stringify(parseJson(text, "a.json"))}`;
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError);
    return (error as Error).message;
  }
}

test.each([
  ["", "a.json:1:1: the text ends too early: a value is missing"],
  ['{\n  "rounds": 3,\n}', "a.json:3:1: there is a comma before }"],
  ['{"a": [1, 2,]}', "a.json:1:13: there is a comma before ]"],
  ['{\r\n  "a": 1\r\n  "b": 2\r\n}', "a.json:3:3: a comma or } is missing"],
  ['{"a": 1', "a.json:1:8: the text ends too early: a comma or } is missing"],
  ['{\n  // why\n  "a": 1\n}', "a.json:2:3: JSON has no comments"],
  ["{'a': 1}", "a.json:1:2: a string needs double quotes"],
  ['{"a" 1}', "a.json:1:6: a colon is missing"],
  ['{"a": "b\nc"}', "a.json:1:7: the string does not end, or has a character that JSON needs escaped"],
  ["{a: 1}", "a.json:1:2: a name in double quotes or } is missing"],
  ['{"a": 01}', "a.json:1:7: a value is missing"],
  ['{"a": 1} {"b": 2}', "a.json:1:10: the text goes on after the value"],
])("the place of the mistake in %j is named", (text, message) => {
  expect(mistakeOf(text)).toBe(message);
});

test("the column is counted without the byte order mark", () => {
  expect(mistakeOf("\uFEFF{a: 1}")).toContain("a.json:1:2:");
});

test("of a file with one text a line, the line of the file is named", () => {
  expect(() => parseJson("{,}", "launches.ndjson", 7)).toThrow("launches.ndjson:7:2:");
});

test("whatever JSON.parse accepts has no mistake, and the other way round", () => {
  const texts = ["0", "-0.5e+3", "[]", "{}", ' {"a":[{"b":null},true,"\\u00e9\\n"]} ', '"x"', "[[[]]]"];
  for (const text of texts) expect(jsonMistake(text)).toBeNull();
  for (const text of ["+1", "1.", ".5", "nul", "[1 2]", "{}}", "]", '"\\x"', "NaN", "\u00a01", "truefalse"]) {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(jsonMistake(text)).not.toBeNull();
  }
});

test.each([
  ['{"a": 1, "a": 2}', 'a.json:1:10: "a" is given twice'],
  [
    '{"defaultAction": "KILL",\n "syscalls": [],\n "defaultAction": "ALLOW"}',
    'a.json:3:2: "defaultAction" is given twice',
  ],
  ['[{"b": {"a": 1}}, {"b": {"c": 1, "\\u0063": 2}}]', 'a.json:1:34: "c" is given twice'],
])(
  "a name that an object has twice in %j is a mistake: readers differ in which value they take",
  (text, message) => {
    expect(mistakeOf(text)).toBe(message);
  },
);

test("one name in several objects is none", () => {
  const json = [{ a: 1, b: { a: 2, c: [{ a: 3 }, { a: 4 }] }, c: 5 }, { a: 6 }];
  expect(parseJson(JSON.stringify(json), "a.json")).toEqual(json);
});
