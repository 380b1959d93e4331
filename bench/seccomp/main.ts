/**
 * `npm run bench:seccomp`: what generated filters are worth.
 *
 *   lint                                  what lint says of made profiles, against really starting containers
 *   cost                                  what the emulator and the fitted line predict, against timing
 *   enforce [--runs 100] [--traced 5]     real programs under their filter with kill; recall, precision, F1
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchCost } from "./cost.ts";
import { benchEnforcement } from "./enforcement.ts";
import { benchLint } from "./lint-predictions.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "100" }, traced: { type: "string", default: "5" } },
});

const dir = mkdtempSync(join(tmpdir(), "sbx-bench-seccomp-"));
try {
  if (positionals[0] === "enforce") {
    process.stdout.write(
      await benchEnforcement({ runs: Number(values.runs), traced: Number(values.traced), dir }),
    );
  } else if (positionals[0] === "lint") {
    process.stdout.write(await benchLint(dir));
  } else if (positionals[0] === "cost") {
    process.stdout.write(await benchCost(dir));
  } else {
    process.stderr.write(
      "usage: npm run bench:seccomp -- enforce | lint | cost; options stand in bench/seccomp/main.ts\n",
    );
    process.exitCode = 2;
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
