import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ResolvedConfig } from "../../../src/config/resolved-config.ts";
import type { VerdictName } from "../../../src/isolation/verdict.ts";
import { checkProbes } from "../../../src/use-cases/probes/check-probes.ts";
import { storeProbes } from "../../../src/use-cases/probes/stored-probes.ts";
import { configuration, result } from "../../isolation/made-probes.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "sbx-check-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

async function outcome(before: VerdictName, now: VerdictName, strict: boolean) {
  storeProbes(out, result([configuration("runc", { "io-uring": before })], { id: "20261201-before" }));
  storeProbes(out, result([configuration("runc", { "io-uring": now })], { id: "20261202-now" }));
  const request = { config: { out } as ResolvedConfig, baseline: "20261201-before", run: "latest", strict };
  const context = { say: () => {}, abort: new AbortController().signal };
  return (await checkProbes(request, context)).outcome;
}

test("what is reached now and was stopped before fails, strict or not", async () => {
  expect(await outcome("blocked", "reached", false)).toBe("worse");
  expect(await outcome("blocked", "reached", true)).toBe("worse");
});

test("what is not known any more fails only where it is strict", async () => {
  expect(await outcome("blocked", "error", false)).toBe("done");
  expect(await outcome("blocked", "error", true)).toBe("unclear");
});

test("nothing new passes", async () => {
  expect(await outcome("reached", "reached", true)).toBe("done");
});
