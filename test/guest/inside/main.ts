/** Runs in the guest: the steps of a suite, one after another; each leaves what it saw in /out/STEP.json. */
import { writeFileSync } from "node:fs";
import { suite } from "./suites.ts";

const steps = suite(process.argv[2] ?? "");
if (steps === undefined) throw new Error(`no suite ${process.argv[2]}`);
for (const [name, step] of Object.entries(steps)) {
  const startedAt = performance.now();
  console.log(`${name} ...`);
  const seen = await step();
  const seconds = (performance.now() - startedAt) / 1000;
  writeFileSync(`/out/${name}.json`, JSON.stringify({ ...seen, seconds }));
  console.log(`${name}: ${seconds.toFixed(1)} s`);
}
