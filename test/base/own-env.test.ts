import { expect, test } from "vitest";
import { cleanOwnEnv } from "../../src/base/own-env.ts";

test("what changes programs and their language is gone, the rest stays", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/home/me",
    CI: "true",
    GOPROXY: "off",
    SBX_RUNSC: "/opt/runsc",
    TERM: "x",
  };
  const env: NodeJS.ProcessEnv = {
    ...kept,
    LANG: "de_DE.UTF-8",
    LC_MESSAGES: "de_DE.UTF-8",
    LD_PRELOAD: "/x.so",
    LD_LIBRARY_PATH: "/x",
    MALLOC_ARENA_MAX: "1",
    GODEBUG: "gctrace=1",
    GOMAXPROCS: "1",
    GOGC: "off",
    NODE_OPTIONS: "--inspect",
  };
  cleanOwnEnv(env);
  expect(env).toEqual({ ...kept, LC_ALL: "C" });
});

test("a TMPDIR that is no folder is left out, and said; a good one stays", () => {
  const env: NodeJS.ProcessEnv = { TMPDIR: "/does/not/exist" };
  expect(cleanOwnEnv(env)).toEqual([expect.stringContaining("TMPDIR=/does/not/exist")]);
  expect(env.TMPDIR).toBeUndefined();
  expect(cleanOwnEnv({ TMPDIR: "tmp" })).toHaveLength(1);
  expect(cleanOwnEnv({ TMPDIR: "/tmp" })).toEqual([]);
});
