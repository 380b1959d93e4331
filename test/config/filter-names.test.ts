import { expect, test } from "vitest";
import { filterFiles, filterName } from "../../src/config/filter-names.ts";

test.each([
  ["default", "default"],
  ["generated+tree", "generated+tree"],
  ["./profiles/strict.json", "profiles/strict.json"],
  ["profiles/../strict.json+tree", "strict.json+tree"],
  ["/project/profiles/strict.json", "profiles/strict.json"],
  ["../shared/strict.json", "../shared/strict.json"],
  ["/etc/strict.json", "/etc/strict.json"],
  ["./strict", "./strict"],
])("%s is called %s in ids, in whatever folder the checkout lies", (given, name) => {
  expect(filterName(given, "/project")).toBe(name);
  const moved = given.replace("/project", "/home/ci/checkout");
  expect(filterName(moved, "/home/ci/checkout")).toBe(name);
});

test("equal file names in different folders stay apart", () => {
  const names = ["a/strict.json", "b/strict.json"].map((given) => filterName(given, "/project"));
  expect(new Set(names).size).toBe(2);
  expect(filterFiles(["none", "default+tree", ...names, "a/strict.json+tree"], "/project")).toEqual({
    "a/strict.json": "/project/a/strict.json",
    "b/strict.json": "/project/b/strict.json",
  });
});
