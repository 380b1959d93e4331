/** Runs in the guest: the named steps, one after another; each leaves what it saw in /out/STEP.json. */
import { writeFileSync } from "node:fs";
import { hostState } from "../../e2e/host-state.ts";
import { allSteps } from "./steps.ts";

const steps = allSteps(hostState());
for (const name of (process.argv[2] ?? "").split(",")) {
  const step = steps[name];
  if (step === undefined) throw new Error(`no step ${name}`);
  const startedAt = performance.now();
  console.log(`${name} ...`);
  const seen = await step();
  const seconds = (performance.now() - startedAt) / 1000;
  writeFileSync(`/out/${name}.json`, JSON.stringify({ ...seen, seconds }));
  console.log(`${name}: ${seconds.toFixed(1)} s`);
}
