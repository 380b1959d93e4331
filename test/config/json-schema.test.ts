import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configJsonSchema } from "../../src/config/schema.ts";

const FILE = join(import.meta.dirname, "../../docs/bench.config.schema.json");

test("docs/bench.config.schema.json is current (SBX_UPDATE=1 writes it; then npm run format)", () => {
  if (process.env.SBX_UPDATE === "1") writeFileSync(FILE, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test("the schema knows every value of the axes", () => {
  const text = JSON.stringify(configJsonSchema());
  for (const value of ["systrap", "ptrace", "kvm", "runsc", "quick"]) expect(text).toContain(`"${value}"`);
});
