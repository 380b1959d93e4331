import { expect, test } from "vitest";
import { cutText, oneLine } from "../../src/base/short-text.ts";

test("a longer text ends in a mark, and no character is cut in half", () => {
  expect(cutText("abcdef", 6)).toBe("abcdef");
  expect(cutText("abcdefg", 6)).toBe("abcde…");
  expect(cutText("abcd👍x", 6)).toBe("abcd…");
});

test("lines become one", () => {
  expect(oneLine("\n  a\r\n\tb\rc  ", 20)).toBe("a b c");
});

test("a megabyte is cut in no time", () => {
  const started = performance.now();
  expect(oneLine(`${" ".repeat(100)}${"x ".repeat(2 ** 20)}`, 10)).toBe("x x x x x…");
  expect(performance.now() - started).toBeLessThan(100);
});
