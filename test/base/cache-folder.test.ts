import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { cacheFolder } from "../../src/base/cache-folder.ts";

test("the cache lies below XDG_CACHE_HOME, else below HOME", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" })).toBe("/var/cache/me/sbx-bench");
  expect(cacheFolder({ HOME: "/home/me" })).toBe("/home/me/.cache/sbx-bench");
});

test("a relative XDG_CACHE_HOME or HOME is ignored", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: ".cache", HOME: "/home/me" })).toBe("/home/me/.cache/sbx-bench");
  expect(cacheFolder({ XDG_CACHE_HOME: "", HOME: "me" })).toBe(`${userInfo().homedir}/.cache/sbx-bench`);
});
