import { resolve } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "../../src/base/cache-folder.ts";

test("a relative XDG_CACHE_HOME is one place, whatever folder a program is started in", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: ".cache" })).toBe(resolve(".cache/sbx-bench"));
  expect(cacheFolder({ HOME: "/home/me" })).toBe("/home/me/.cache/sbx-bench");
});
