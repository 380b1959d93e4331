import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROBES } from "../../../src/isolation/catalogue/catalogue.ts";

const GO = join(import.meta.dirname, "../../../src/go/internal/probes/catalogue.go");

test("harness and probe program know the same probes", () => {
  const names = [...readFileSync(GO, "utf8").matchAll(/^\t"([a-z-]+)":\s+\{Control/gm)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(20);
  expect(PROBES.map(({ name }) => name).sort()).toEqual(names.sort());
});

test("a probe that needs to be alone goes for resources", () => {
  expect(PROBES.filter(({ isAlone }) => isAlone).every(({ group }) => group === "resources")).toBe(true);
});
