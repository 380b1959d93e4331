/**
 * `npm run bench [-- NAME... | -- --list]`: the figures that this project promises, measured on this host.
 * A goal that is missed is printed as missed; nothing here fails a build.
 */

import { type Figure, figureTable } from "./figure.ts";
import { harnessOverhead } from "./harness-overhead.ts";
import { historySpeed } from "./history-speed.ts";
import { independentProgram } from "./independent-program.ts";
import { launchLatency } from "./launch-latency.ts";
import { load } from "./load/load.ts";
import { npmStart } from "./npm-start.ts";
import { planSpeed } from "./plan-speed.ts";
import { scripts } from "./scripts.ts";

const BENCHES: Record<string, () => Promise<Figure[]>> = {
  "plan-speed": planSpeed,
  "launch-latency": launchLatency,
  "independent-program": independentProgram,
  "harness-overhead": harnessOverhead,
  "history-speed": historySpeed,
  load,
  scripts,
  "npm-start": npmStart,
};

const asked = process.argv.slice(2);
if (asked[0] === "--list") {
  process.stdout.write(`${Object.keys(BENCHES).join("\n")}\n`);
  process.exit();
}
const unknown = asked.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(", ")}. Benches: ${Object.keys(BENCHES).join(", ")}.\n`,
  );
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
    process.stderr.write(`${name} …\n`);
    const figures = (await BENCHES[name]?.()) ?? [];
    process.stdout.write(
      `\n## ${name}\n\n\`npm run bench -- ${name}\`, ${new Date().toISOString().slice(0, 16)}Z\n\n`,
    );
    process.stdout.write(`${figureTable(figures)}\n`);
  }
}
