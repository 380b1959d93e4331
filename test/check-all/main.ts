/** Runs every check, all of them even when one fails, and closes with `N passed, N failed`. */
import { resolve } from "node:path";
import { summarise } from "./outcome.ts";
import { runSteps } from "./run-steps.ts";
import { allSteps } from "./steps.ts";

const outcomes = await runSteps(allSteps(resolve(import.meta.dirname, "../..")), console.log);
console.log(summarise(outcomes));
process.exitCode = outcomes.some((outcome) => outcome.state === "failed") ? 1 : 0;
