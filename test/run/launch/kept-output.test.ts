import { expect, test } from "vitest";
import { KeptOutput } from "../../../src/run/launch/kept-output.ts";

function kept(...chunks: string[]): { head: string; tail: string } {
  const output = new KeptOutput();
  for (const chunk of chunks) output.add(chunk);
  return { head: output.head, tail: output.tail };
}

test("what fits the tail has no head", () => {
  expect(kept("a", "b".repeat(4095))).toEqual({ head: "", tail: `a${"b".repeat(4095)}` });
});

test("what fits both ends is whole, however it is cut into chunks", () => {
  const text = Array.from({ length: 2048 }, (_, index) => String(index).padStart(4)).join("");
  for (const size of [1, 100, 4096, 8192]) {
    const { head, tail } = kept(...text.match(new RegExp(`.{1,${size}}`, "g"))!);
    expect(head + tail).toBe(text);
  }
});

test("of more, both ends stay, with a mark of how much is left out", () => {
  const { head, tail } = kept("first ", "x".repeat(1_000_000), " last");
  expect(head).toBe(`first ${"x".repeat(4090)}\n[… 991,819 characters left out …]\n`);
  expect(tail).toMatch(/^x+ last$/);
  expect(tail.length).toBe(4096);
});

test("a gigabyte takes no memory to speak of", () => {
  const output = new KeptOutput();
  const chunk = "x".repeat(2 ** 16);
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 2 ** 14; count += 1) output.add(chunk);
  expect(output.head).toContain("1,073,733,632 characters left out");
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20);
});
