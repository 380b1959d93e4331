import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./checkout.ts";

type Lockfile = { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> };

const packages = Object.entries(
  (JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lockfile).packages,
).filter(([path]) => path !== "");

test("the lockfile records no download address, so that any registry will do", () => {
  expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

test("the lockfile pins every package by its hash", () => {
  expect(packages.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
});
