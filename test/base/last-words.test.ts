import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lastWords } from "../../src/base/last-words.ts";

const crash = (name: string) =>
  readFileSync(join(import.meta.dirname, "../fixtures/crashes", `${name}.txt`), "utf8");

const PYTHON = `Traceback (most recent call last):
  File "p.py", line 5, in <module>
    f()
ValueError: bad
value

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "p.py", line 7, in <module>
    raise RuntimeError("cannot load") from e
RuntimeError: cannot load
Exception ignored in: <_io.TextIOWrapper name='<stdout>'>
`;
const JAVA = `Exception in thread "main" java.lang.IllegalStateException: no table
\tat A.f(A.java:1)
Caused by: java.lang.RuntimeException: disk gone
\t... 4 more
`;
const NODE = `/srv/n.js:1
class T extends Error{}; throw new T("no such thing")
^

T [Error]: no such thing
    at f (/srv/n.js:1:45) {
  [cause]: Error: deep
      at f (/srv/n.js:1:76)
}

Node.js v24.11.1
`;
const RUST = `thread 'main' (20501) panicked at a.rs:1:122:
index out of bounds: the len is 0 but the index is 3
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`;
const RUST_2018 = `thread 'main' panicked at 'no luck', a.rs:2:5
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`;
const CPP = `terminate called after throwing an instance of 'std::runtime_error'
  what():  boom
Aborted
`;
const SANITIZER = `=================================================================
==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60
    #0 0x4f in main a.c:5
==7==ABORTING
`;

test.each([
  [
    "a Go deadlock of 200 goroutines",
    crash("go-deadlock"),
    "fatal error: all goroutines are asleep - deadlock!",
  ],
  ["a Go program ended by a signal", crash("go-sigquit"), "SIGQUIT: quit"],
  ["a Go panic", "panic: no peer\n\ngoroutine 1 [running]:\nexit status 2\n", "panic: no peer"],
  [
    "a Go stack overflow",
    "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\nruntime stack:\n",
    "fatal error: stack overflow",
  ],
  ["a Python traceback", PYTHON, "RuntimeError: cannot load"],
  ["a Java exception", JAVA, 'Exception in thread "main" java.lang.IllegalStateException: no table'],
  ["a Node error", NODE, "T [Error]: no such thing"],
  [
    "a Rust panic",
    RUST,
    "thread 'main' (20501) panicked at a.rs:1:122: index out of bounds: the len is 0 but the index is 3",
  ],
  ["a Rust panic of old", RUST_2018, "thread 'main' panicked at 'no luck', a.rs:2:5"],
  [
    "a C++ exception",
    CPP,
    "terminate called after throwing an instance of 'std::runtime_error' what(): boom",
  ],
  ["a sanitizer", SANITIZER, "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60"],
  ["a logged error", "starting\n[ERROR] no such table\nbye\n", "[ERROR] no such table"],
  ["a runtime's log", 'time="x" level=error msg="no cgroup"\nexit\n', 'time="x" level=error msg="no cgroup"'],
  ["anything else", "hint: try again\nno such table\n", "no such table"],
  ["words about errors that are none", "0 errors so far\nterror: no\nno such table\n", "no such table"],
  ["nothing", " \n\n", ""],
])("%s", (_, output, words) => {
  expect(lastWords(output)).toBe(words);
});

test("a crash on stdout comes before the last line of stderr; what else stdout holds is no reason", () => {
  expect(lastWords("exit status 2\n", "working\npanic: no peer\n\ngoroutine 1\n")).toBe("panic: no peer");
  expect(lastWords("", '{"type":"op","error: x":1}\nerror: y\n')).toBe("");
});

test("a progress bar of carriage returns is many lines", () => {
  expect(lastWords(`${"working 10%\r".repeat(500)}disk full\r`)).toBe("disk full");
});

test("a very long line is cut, and ends in a mark", () => {
  const words = lastWords(`panic: ${"x".repeat(2 ** 20)}`);
  expect(words).toMatch(/^panic: x+…$/);
  expect(words.length).toBe(300);
});

test("what is not UTF-8 is still a line", () => {
  const decoded = Buffer.from([0x66, 0xff, 0xfe, 0x80, 0x0a, 0xe9, 0x74, 0xe9, 0x0a]).toString("utf8");
  expect(lastWords(decoded)).toBe("\ufffdt\ufffd");
});

test("a last line of nothing but escapes and controls is no reason", () => {
  expect(lastWords("the real reason: no disk\n\n   \n\u001b[0m\n")).toBe("the real reason: no disk");
  expect(lastWords("\u001b]0;title\u0007\nno disk\n\u0007\u001b[?25h\n")).toBe("no disk");
});
