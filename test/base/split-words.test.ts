import { describe, expect, test } from "vitest";
import { splitWords } from "../../src/base/split-words.ts";

describe("splitWords", () => {
  test.each([
    ["gzip  -kc\tfile", ["gzip", "-kc", "file"]],
    [`sh -c 'a | b > c'`, ["sh", "-c", "a | b > c"]],
    [`awk "{ print \\$1 }" 'it''s'`, ["awk", "{ print $1 }", "its"]],
    ["a\\ b ''", ["a b", ""]],
    ["", []],
  ])("%j is split as a shell splits it", (text, words) => {
    expect(splitWords(text)).toEqual({ words });
  });

  test.each([
    ["cat a | wc", "only a shell knows what | means"],
    ["echo $HOME", "only a shell knows what $ means"],
    ["ls *.go", "only a shell knows what * means"],
    [`echo "$HOME"`, "only a shell knows what $ and ` mean within double quotes"],
    ["echo 'open", "the quote ' is not closed"],
    ["end\\", "it ends with a backslash"],
  ])("%j is refused: %s", (text, mistake) => {
    expect(splitWords(text)).toEqual({ mistake });
  });
});
