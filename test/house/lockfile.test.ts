import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./checkout.ts";

type Entry = {
  resolved?: string;
  integrity?: string;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
};

const lockfile = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, Entry>;
};
const packages = Object.entries(lockfile.packages).filter(([path]) => path !== "");

test("the lockfile records no download address, so that any registry will do", () => {
  expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

test("the lockfile pins by its hash every package that this platform installs", () => {
  const isOurs = ({ os, cpu }: Entry) =>
    (os ?? ["linux"]).includes("linux") && (cpu ?? ["x64"]).includes("x64");
  const unpinned = packages.filter(([, entry]) => isOurs(entry) && entry.integrity === undefined);
  // A musl build is none of ours either, but its entry says so in a field that older npm does not write.
  expect(unpinned.map(([path]) => path).filter((path) => !/musl/.test(path))).toEqual([]);
});

test("the lockfile has every optional package, else `npm ci` refuses it (npm run lockfile adds them)", () => {
  const asked = packages.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
  const missing = asked.filter((name) => !packages.some(([path]) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});
