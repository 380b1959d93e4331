import { expect, test } from "vitest";
import type { LoadFailureKind } from "../../../src/run/load/events.ts";
import { serverFailure } from "../../../src/run/load/words.ts";
import { aLoad } from "./phases.ts";

const load = aLoad({ port: 9000, upTimeoutMs: 3000 });
const ENDED = { name: "exit-status", ok: false, expected: "still serving", actual: "exit code 2" };
const ON_LOOPBACK = {
  name: "listens",
  ok: false,
  expected: "listens on all addresses",
  actual: "listens on loopback only",
};

const failed = (kind: LoadFailureKind, detail = "why") => ({ up: false, failure: { kind, detail }, load });

test("a server that was driven to the end has not failed", () => {
  expect(serverFailure({ up: true, failure: null, load }, [], "access log")).toBeNull();
});

test("that it ended is the reason, whatever the generator saw of it", () => {
  const { failure } = failed("broken");
  expect(serverFailure({ up: true, failure, load }, [ENDED], "panic: full")).toBe(
    "the server ended under load, with exit code 2: panic: full",
  );
  expect(serverFailure({ up: false, failure: null, load }, [ENDED], "")).toBe(
    "the server ended before its first good answer, with exit code 2",
  );
});

test("a port that only loopback reaches is told from one where nothing listens", () => {
  expect(serverFailure(failed("not-listening"), [ON_LOOPBACK], "ready")).toMatch(
    /loopback only, .* listen on 0\.0\.0\.0:9000; it said: ready$/,
  );
  expect(serverFailure(failed("not-listening", "connection refused"), [], "")).toBe(
    "nothing listened on port 9000 within 3 s (connection refused): is params.port the server's?",
  );
});

test("the server's last words stand only where they may be the reason", () => {
  expect(serverFailure(failed("bad-answer"), [], "no table")).toContain("it said: no table");
  expect(serverFailure(failed("lag"), [], "no table")).not.toContain("no table");
});

test.each([
  "port-in-use",
  "not-listening",
  "no-answer",
  "bad-answer",
  "errors",
  "tls",
  "lag",
  "broken",
  "generator",
] as const)("every kind of failure is one sentence of its own: %s", (kind) => {
  const words = serverFailure(failed(kind), [], "");
  expect(words).toMatch(/^\S.+[^.]$/);
  expect(words).not.toContain("undefined");
});
