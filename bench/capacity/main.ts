/**
 * `npm run bench:capacity [-- NAME...]`: whether the models of capacity tell the truth. A goal that is missed is printed as
 * missed; nothing here fails a build.
 */
import { type Figure, figureTable } from "../figure.ts";
import { densityPredicted } from "./density.ts";
import { generatorLag } from "./generator.ts";
import { simulatorAgainstTheory } from "./simulator.ts";
import { uslAgainstR } from "./usl.ts";

const BENCHES: Record<string, () => Promise<Figure[]>> = {
  simulator: async () => simulatorAgainstTheory(),
  usl: async () => uslAgainstR(),
  density: densityPredicted,
  generator: generatorLag,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(", ")}. Benches: ${Object.keys(BENCHES).join(", ")}.\n`,
  );
  process.exitCode = 2;
} else {
  const figures: Figure[] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
    process.stderr.write(`${name} …\n`);
    figures.push(...(await BENCHES[name]!()));
  }
  process.stdout.write(`${figureTable(figures)}\n`);
}
