import { describe, expect, test } from "vitest";
import { visibleJson, visibleLines, visibleText, visibleValues } from "../../src/base/visible-text.ts";
import { faults, HOSTILE } from "../report/hostile.ts";

test.each([
  ["a terminal title", "\u001b]0;owned\u0007", "\\x1b]0;owned\\x07"],
  ["NUL, DEL and C1", "\u0000\u007f\u009b", "\\x00\\x7f\\x9b"],
  ["bidirectional controls", "a\u202eb\u2066c\u200f", "a\\u202eb\\u2066c\\u200f"],
  ["zero width", "a\u200bb\u200dc\ufeff\u00ad", "a\\u200bb\\u200dc\\ufeff\\xad"],
  ["line separators", "a\u2028b\u2029c\u0085", "a\\u2028b\\u2029c\\x85"],
  ["tags and variation selectors", "\u{e0041}\ufe0f", "\\u{e0041}\\ufe0f"],
  ["half a character", "\ud83d", "\\ud83d"],
  ["line breaks and tabs", "a\r\n\tb", "a\\r\\n\\tb"],
  ["a command to GitHub", "  ::error::x", "  \\x3a:error::x"],
  ["a command after a space that is none of ASCII", "\u00a0::error::x", "\u00a0\\x3a:error::x"],
  [
    "commands anywhere",
    "x ##[error] ##vso[t] ##teamcity[m]",
    "x \\x23#[error] \\x23#vso[t] \\x23#teamcity[m]",
  ],
])("%s is spelled out", (_, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each(["runc/net=none/seccomp=none::files", "µs ≥ 5 %, naïve 日本語 👍", "C:\\x1b", "a: b, ## [x]"])(
  "%s stays as it is",
  (text) => {
    expect(visibleText(text)).toBe(text);
    expect(visibleLines(text)).toBe(text);
  },
);

test("of several lines the breaks and tabs stay, and each line is guarded", () => {
  expect(visibleLines("panic: x\r\n\tmain.go:7\n::error::y\rz")).toBe(
    "panic: x\n\tmain.go:7\n\\x3a:error::y\\rz",
  );
});

test("only what is allowed to stay does", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  expect(visibleLines("\u001b[1mbold\u001b[0m \u001b[2J::", /\u001b\[[01]m/g)).toBe(
    "\u001b[1mbold\u001b[0m \\x1b[2J::",
  );
});

test("what is visible already is not changed again", () => {
  for (const make of [visibleText, visibleLines]) expect(make(make(HOSTILE))).toBe(make(HOSTILE));
});

describe("JSON", () => {
  const value = { [HOSTILE]: [HOSTILE, "\u{e0041}\ud800", 1, null] };

  test("reads back as the same value", () => {
    expect(JSON.parse(visibleJson(value))).toEqual(value);
  });

  test("holds nothing that its reader would not see", () => {
    expect(faults(visibleJson(value))).toEqual([]);
  });

  test("of visible values holds no hidden text, names included", () => {
    const texts = Object.entries(visibleValues(value)).flat(2).map(String);
    expect(texts.flatMap(faults)).toEqual([]);
  });
});
