/** `why.json` of a run: what the cost model of another run said of its programs when it was made. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../../base/read-json.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import type { ProgramWhy } from "./why.ts";

const FILE = "why.json";
const SCHEMA = "sbx-bench/why@1";

const shape = z.object({
  schema: z.literal(SCHEMA),
  programs: z.record(
    z.string(),
    z.object({
      source: z.string(),
      cells: z.array(
        z.object({
          configuration: z.string(),
          slowdown: z.number(),
          terms: z.array(z.object({ label: z.string(), ns: z.number() })),
        }),
      ),
    }),
  ),
});

/** Empty where the run has none, or one that can't be read: it explains, and decides nothing. */
export function readWhy(dir: string): Map<string, ProgramWhy> {
  const file = join(dir, FILE);
  if (!existsSync(file)) return new Map();
  try {
    return new Map(Object.entries(shape.parse(readJson(file)).programs));
  } catch {
    return new Map();
  }
}

export function writeWhy(dir: string, why: ReadonlyMap<string, ProgramWhy>): void {
  const whole = { schema: SCHEMA, programs: Object.fromEntries(why) };
  writeAtomically(join(dir, FILE), `${JSON.stringify(whole, null, 1)}\n`);
}
