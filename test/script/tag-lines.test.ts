import { expect, test } from "vitest";
import { LineTagger } from "../../src/script/tag-lines.ts";

const AT = Date.parse("2026-12-01T12:00:00.123Z");
const TAG = (line: number) => `2026-12-01T12:00:00.123Z ${line} a.go sbx-1 | `;

const tagged = (...chunks: Buffer[]): Buffer => {
  const tagger = new LineTagger("a.go", "sbx-1");
  return Buffer.concat(chunks.map((chunk) => tagger.tag(chunk, AT)));
};

test("each line has its time, number, script and sandbox", () => {
  expect(String(tagged(Buffer.from("one\n\nthree")))).toBe(`${TAG(1)}one\n${TAG(2)}\n${TAG(3)}three`);
});

test("a line that comes in parts has one tag, of its first part", () => {
  expect(String(tagged(Buffer.from("on"), Buffer.from("e\ntw"), Buffer.from("o\n"), Buffer.from("3")))).toBe(
    `${TAG(1)}one\n${TAG(2)}two\n${TAG(3)}3`,
  );
});

test("binary output and very long lines survive", () => {
  const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10));
  const long = Buffer.alloc(3_000_000, "x");
  const out = tagged(Buffer.concat([binary, Buffer.from("\n"), long]));
  expect(out.equals(Buffer.concat([Buffer.from(TAG(1)), binary, Buffer.from(`\n${TAG(2)}`), long]))).toBe(
    true,
  );
});

test("many short lines, whatever the sizes of the reads", () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `${"y".repeat(index % 90)}\n`).join("");
  const whole = tagged(Buffer.from(lines));
  const parts = Array.from({ length: Math.ceil(lines.length / 7777) }, (_, part) =>
    Buffer.from(lines.slice(part * 7777, (part + 1) * 7777)),
  );
  expect(tagged(...parts).equals(whole)).toBe(true);
  expect(String(whole).split("\n").at(-2)).toContain(" 20000 a.go sbx-1 | ");
});
