/**
 * `npm run bench:gate`: what the gate's verdicts are worth, on real launches.
 *
 *   collect [--rounds 200] [--op-ms 5] [--seed 1] [--out reports/gate-data]
 *   analyse [--data reports/gate-data] [--gates 2000] [--seed 1] [--out-md FILE]
 */
import { parseArgs } from "node:util";
import { collect } from "./collect.ts";

const DATA = "reports/gate-data";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "200" },
    "op-ms": { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: DATA },
    data: { type: "string", default: DATA },
    gates: { type: "string", default: "2000" },
    "out-md": { type: "string" },
  },
});

if (positionals[0] === "collect") {
  await collect({
    rounds: Number(values.rounds),
    opMs: Number(values["op-ms"]),
    seed: values.seed,
    out: values.out,
  });
} else {
  process.stderr.write(
    "usage: npm run bench:gate -- collect | analyse; options stand in bench/gate/main.ts\n",
  );
  process.exitCode = 2;
}
