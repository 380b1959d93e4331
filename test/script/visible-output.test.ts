import { expect, test } from "vitest";
import { VisibleOutput } from "../../src/script/visible-output.ts";

test("what steers a terminal or a CI system is spelled out, also where it is cut between reads", () => {
  const output = new VisibleOutput();
  const parts = ["\x1b", "]0;title\x07 plain\t", "é\n:", ":error::no\n", "no end \x9b2J"].map((text) =>
    Buffer.from(text),
  );
  const shown = [...parts.map((part) => output.add(part)), output.finish()].map(String).join("");
  expect(shown).toBe("\\x1b]0;title\\x07 plain\té\n\\x3a:error::no\nno end \\x9b2J");
});

test("a character that is cut between reads stays one", () => {
  const output = new VisibleOutput();
  const bytes = Buffer.from("ü\n");
  expect(`${output.add(bytes.subarray(0, 1))}${output.add(bytes.subarray(1))}`).toBe("ü\n");
});
