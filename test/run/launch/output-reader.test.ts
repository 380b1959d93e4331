import { describe, expect, test } from "vitest";
import { OutputReader } from "../../../src/run/launch/output-reader.ts";

const HELLO = '{"type":"hello","v":1,"scenario":"x","go":"go1.26","gomaxprocs":2}\n';
const END = '{"type":"end"}\n';
const MARK = '{"type":"mark","name":"touched"}\n';
const VALUE = '{"type":"value","name":"rss","unit":"bytes","value":4096}\n';

function read(limitBytes: number, ...chunks: string[]) {
  const said: string[] = [];
  let floods = 0;
  const reader = new OutputReader(limitBytes, {
    onMessage: (message) => said.push(message.type),
    onFlood: () => {
      floods += 1;
    },
  });
  for (const chunk of chunks) reader.stdout(chunk);
  reader.finish();
  return { ...reader.state, said, floods };
}

const PLENTY = 2 ** 20;

test("messages come in order, with the moments of the first and the last", () => {
  const { said, helloAtNs, endAtNs, garbage } = read(PLENTY, HELLO, VALUE, END);
  expect(said).toEqual(["hello", "value", "end"]);
  expect(garbage).toBeNull();
  expect(endAtNs).toBeGreaterThanOrEqual(helloAtNs!);
});

test("lines may be cut anywhere into chunks", () => {
  const text = HELLO + VALUE + MARK + END;
  for (const size of [1, 2, 7, 64]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    expect(read(PLENTY, ...chunks)).toMatchObject({ said: ["hello", "value", "mark", "end"], garbage: null });
  }
});

test("several lines may come in one chunk, with empty ones between", () => {
  expect(read(PLENTY, `${HELLO}\n\n${VALUE}${END}`).said).toEqual(["hello", "value", "end"]);
});

test("a last line without its newline still counts", () => {
  expect(read(PLENTY, HELLO, END.trimEnd())).toMatchObject({ said: ["hello", "end"], garbage: null });
});

test("a last line cut off in the middle is garbage", () => {
  expect(read(PLENTY, HELLO, '{"type":"en').garbage).toMatch(/not a JSON line/);
});

describe("garbage", () => {
  test("a first line that is no hello", () => {
    expect(read(PLENTY, VALUE, END).garbage).toBe('the first line is "value" instead of "hello"');
  });

  test("a line after the end", () => {
    expect(read(PLENTY, HELLO, END, VALUE).garbage).toMatch(/^a line after "end":/);
  });

  test("a second hello", () => {
    expect(read(PLENTY, HELLO, HELLO, END).garbage).toMatch(/second "hello"/);
  });

  test("the first one is kept, and nothing after it is believed", () => {
    const state = read(PLENTY, HELLO, "oops\n", "again\n", VALUE, END);
    expect(state.garbage).toBe("not a JSON line: oops");
    expect(state.transcript.values).toEqual([]);
    expect(state.endAtNs).toBeNull();
  });

  test("text before the hello (a warning of a library) is not overlooked", () => {
    expect(read(PLENTY, "warning: x\n", HELLO, END)).toMatchObject({
      garbage: "not a JSON line: warning: x",
      helloAtNs: null,
    });
  });
});

describe("flood", () => {
  test("is reported once, and nothing is read after it", () => {
    const state = read(1000, HELLO, "x".repeat(2000), "y".repeat(2000), END);
    expect(state).toMatchObject({ flooded: true, floods: 1, endAtNs: null });
  });

  test("what flooded is the evidence, even when it came in one piece", () => {
    expect(read(1000, "x".repeat(2000)).stdoutTail).toMatch(/^x+$/);
  });

  test("stderr counts as well", () => {
    let floods = 0;
    const reader = new OutputReader(1000, { onMessage: () => {}, onFlood: () => (floods += 1) });
    for (let line = 0; line < 3; line += 1) reader.stderr("e".repeat(600));
    expect(floods).toBe(1);
    expect(reader.state.stderrTail).toMatch(/^e+$/);
  });

  test("output of exactly the limit is none", () => {
    expect(read(HELLO.length + END.length, HELLO, END).flooded).toBe(false);
  });

  test("bytes count, not characters", () => {
    expect(read(10, "ääääää").flooded).toBe(true);
  });

  test("a line of many megabytes in many chunks is read in time", () => {
    const chunk = "x".repeat(64 * 1024);
    const state = read(64 * PLENTY, HELLO, ...Array.from({ length: 500 }, () => chunk), "\n");
    expect(state.garbage).toMatch(/not a JSON line/);
  });
});

test("garbage is quoted in one short line, with a mark where it is cut", () => {
  expect(read(PLENTY, `${"x\ty".repeat(2 ** 16)}\n`).garbage).toMatch(/^not a JSON line: [xy ]{119}…$/);
  const { garbage } = read(PLENTY, `{"type":"hello","v":"${"9".repeat(2 ** 16)}"}\n`);
  expect(garbage).toMatch(/^no protocol line \([^\n]*\): [^\n]*…$/);
  expect(garbage!.length).toBeLessThan(360);
});

test("both ends of the output are kept", () => {
  const { stdoutHead, stdoutTail } = read(PLENTY, HELLO, "a".repeat(10_000), "b".repeat(100));
  expect(stdoutHead.startsWith(HELLO)).toBe(true);
  expect(stdoutTail).toHaveLength(4096);
  expect(stdoutTail.endsWith("b".repeat(100))).toBe(true);
});
