import { expect, test } from "vitest";
import { Preamble } from "../../src/script/preamble.ts";

const through = (...chunks: string[]) => {
  const preamble = new Preamble("secret");
  const passed = [...chunks.map((chunk) => preamble.add(Buffer.from(chunk))), preamble.finish()];
  return { preamble, passed: Buffer.concat(passed).toString() };
};

test("the line is taken out, wherever it is cut, and what a runtime says before it stays", () => {
  const { preamble, passed } = through("warning\nsec", "ret ready 12", "34\nown", " words\n");
  expect([preamble.readyNs, preamble.cannot, passed]).toEqual([1234, null, "warning\nown words\n"]);
});

test("only the first one counts: a script that guesses the token says nothing of itself", () => {
  const { preamble, passed } = through("secret ready 5\nsecret cannot be trusted\n");
  expect([preamble.readyNs, preamble.cannot, passed]).toEqual([5, null, "secret cannot be trusted\n"]);
});

test("why a script is not begun is its reason", () => {
  expect(through("secret cannot a.go:1:2: no such package\n").preamble.cannot).toBe(
    "a.go:1:2: no such package",
  );
});

test("without the line everything passes", () => {
  expect(through("fatal: no memory").passed).toBe("fatal: no memory");
  const long = "x".repeat(100_000);
  expect(through(long, "secret ready 1\n").passed).toBe(`${long}secret ready 1\n`);
});
