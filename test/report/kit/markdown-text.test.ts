import { expect, test } from "vitest";
import { markdownText } from "../../../src/report/kit/markdown-text.ts";

test.each([
  ["@octocat did it", "@<!-- -->octocat did it"],
  ["see #1 and octocat/repo#12", "see #<!-- -->1 and octocat/repo#<!-- -->12"],
  ["https://evil.example", "https:<!-- -->//evil.example"],
  ["www.evil.example, GH-7", "www<!-- -->.evil.example, GH-<!-- -->7"],
])("%j neither mentions nor links", (text, safe) => {
  expect(markdownText(text)).toBe(safe);
});

test("what looks alike stays: a runsc's label, a time", () => {
  expect(markdownText("runsc@debian at 10:30")).toBe("runsc@debian at 10:30");
});
