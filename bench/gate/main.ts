/**
 * `npm run bench:gate`: what the gate's verdicts are worth, on real launches.
 *
 *   collect [--rounds 200] [--op-ms 5] [--seed 1] [--out reports/gate-data]
 *   collect --resume FOLDER [--out reports/gate-data]     after Ctrl-C
 *   analyse [--data reports/gate-data] [--gates 2000] [--seed 1] [--out-md FILE]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { analyse } from "./analyse.ts";
import { collect, resumeCollecting } from "./collect.ts";
import { gateReport } from "./gate-report.ts";
import { readPackedRun } from "./packed-run.ts";

const DATA = "reports/gate-data";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "200" },
    "op-ms": { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: DATA },
    resume: { type: "string" },
    data: { type: "string", default: DATA },
    gates: { type: "string", default: "2000" },
    "out-md": { type: "string" },
  },
});

if (positionals[0] === "collect" && values.resume !== undefined) {
  await resumeCollecting(values.resume, values.out);
} else if (positionals[0] === "collect") {
  await collect({
    rounds: Number(values.rounds),
    opMs: Number(values["op-ms"]),
    seed: values.seed,
    out: values.out,
  });
} else if (positionals[0] === "analyse") {
  const asked = { gates: Number(values.gates), seed: values.seed };
  const report = gateReport(
    analyse(readPackedRun(values.data), asked, (what) => process.stderr.write(`${what} …\n`)),
  );
  process.stdout.write(report);
  if (values["out-md"] !== undefined) writeFileSync(values["out-md"], report);
} else {
  process.stderr.write(
    "usage: npm run bench:gate -- collect | analyse; options stand in bench/gate/main.ts\n",
  );
  process.exitCode = 2;
}
