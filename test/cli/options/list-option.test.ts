import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { list, listInOrder, pathList, pathsInOrder } from "../../../src/cli/options/list-option.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-list-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a list option", () => {
  test("takes commas and repetition alike, and keeps each value once", () => {
    expect(list("none,host", list("sandbox, none"))).toEqual(["sandbox", "none", "host"]);
  });

  test("whose places mean something keeps a value that stands at two of them", () => {
    expect(listInOrder("a,a", ["b"])).toEqual(["b", "a", "a"]);
  });

  test("keeps the braces of a glob, and what is nested in them", () => {
    expect(list("*::{a,b},native/{x,{y,z}}*")).toEqual(["*::{a,b}", "native/{x,{y,z}}*"]);
    expect(list("a},b")).toEqual(["a}", "b"]);
  });

  test("takes a comma that is escaped as part of its item", () => {
    expect(list(String.raw`*my\,profile.json*,native/*`)).toEqual(["*my,profile.json*", "native/*"]);
  });

  test("refuses an empty item instead of dropping it", () => {
    expect(() => list("none,,host")).toThrow("Write none,host");
    expect(() => list("none,")).toThrow("One of its items is empty");
    for (const empty of ["", " ", ","]) expect(() => list(empty)).toThrow("It is empty");
  });
});

describe("a list of paths", () => {
  const comma = join(folder, "my,profile.json");
  writeFileSync(comma, "{}");

  test("keeps the comma of a path that exists", () => {
    expect(pathList(`none,${comma},default`)).toEqual(["none", comma, "default"]);
    expect(pathList(`${comma}+tree`)).toEqual([`${comma}+tree`]);
    expect(pathList(`mine=${comma},latest`)).toEqual([`mine=${comma}`, "latest"]);
  });

  test("takes an escaped comma for a path that does not exist yet", () => {
    expect(pathList(String.raw`./not\,there.json,none`)).toEqual(["./not,there.json", "none"]);
  });

  test("may name one path twice where places mean something", () => {
    expect(pathsInOrder("a.ts,a.ts")).toEqual(["a.ts", "a.ts"]);
    expect(pathsInOrder("b.ts", pathsInOrder("a.ts"))).toEqual(["a.ts", "b.ts"]);
  });
});
