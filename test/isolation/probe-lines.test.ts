import { expect, test } from "vitest";
import { ProbeLines, saidOf } from "../../src/isolation/probe-lines.ts";

test("a line that comes in pieces is one line", () => {
  const lines = new ProbeLines();
  expect(lines.take('{"type":"sta')).toEqual([]);
  expect(lines.take('rt","probe":"bpf"}\n{"type"')).toEqual([{ type: "start", probe: "bpf" }]);
});

test("what is no line of the program is dropped, and the rest is read", () => {
  const lines = new ProbeLines();
  const text = 'hello\n{"type":"result","probe":"x","outcome":"owned"}\n\n{"type":"end"}\n[1]\n';
  expect(lines.take(text)).toEqual([{ type: "end" }]);
});

test("a line without an end does not fill the memory", () => {
  const lines = new ProbeLines();
  for (let chunk = 0; chunk < 100; chunk += 1) lines.take("x".repeat(100_000));
  expect(lines.take('\n{"type":"end"}\n')).toEqual([{ type: "end" }]);
});

test("what a program says is cut to what fits a table", () => {
  const [line] = new ProbeLines().take(
    `${JSON.stringify({ type: "result", probe: "x", outcome: "refused", errno: "EPERM", detail: `a\nb${"c".repeat(900)}` })}\n`,
  );
  if (line?.type !== "result") throw new Error("no result");
  const said = saidOf(line);
  expect(said).toMatchObject({ outcome: "refused", errno: "EPERM" });
  expect("detail" in said && said.detail.length).toBe(200);
  expect("detail" in said && said.detail.startsWith("a b")).toBe(true);
});
