/** The line of what a script cost, and the exit code that its end comes to. */
import { constants } from "node:os";
import { durationText } from "../../base/duration-text.ts";
import { MODE_LABELS } from "../../script/modes.ts";
import type { Executed } from "../../use-cases/exec/request.ts";
import { EXIT } from "./exit-codes.ts";

/** As timeout(1). */
const TIMED_OUT = 124;
const STOPPED = 125;

/** The script's own; 128 + the signal; 124 time limit, 125 stopped for another reason. */
export function execExitCode({ ending }: Executed): number {
  switch (ending.kind) {
    case "exit":
      return ending.code;
    case "signal":
      return 128 + (constants.signals[ending.signal as NodeJS.Signals] ?? 0);
    case "time-limit":
      return TIMED_OUT;
    case "unsupported":
      return EXIT.environment;
    case "aborted":
      return EXIT.interrupted;
    default:
      return STOPPED;
  }
}

export function costLines({ mode, configuration, ending, reason, cost, warnings }: Executed): string[] {
  const { peaks } = cost;
  const figures = [
    `${durationText(cost.wallNs / 1e6)} in all`,
    cost.firstOutputNs === null
      ? "no output"
      : `first output after ${durationText(cost.firstOutputNs / 1e6)}`,
    cost.cpuNs === null ? "CPU time not counted" : `${durationText(cost.cpuNs / 1e6)} of CPU`,
    peaks.memoryBytes === null
      ? "memory not counted"
      : `${Math.round(peaks.memoryBytes / 2 ** 20)} MiB at most`,
    `built in ${durationText(cost.buildNs / 1e6)}`,
    ...(cost.readyNs === null ? [] : [`read and compiled inside in ${durationText(cost.readyNs / 1e6)}`]),
  ];
  // The reason stands in the line itself where there is no exit code.
  if (ending.kind === "unsupported") return [`unsupported: mode ${mode} cannot run the script: ${reason}`];
  const end = ending.kind === "exit" ? `exit code ${ending.code}` : (reason ?? ending.kind);
  const why =
    ending.kind === "exit" && reason !== null && !reason.endsWith(end) ? [`why      ${reason}`] : [];
  return [
    ...warnings.map((warning) => `warning  ${warning}`),
    ...why,
    `${MODE_LABELS[mode]} in ${configuration}: ${end}, ${figures.join(", ")}`,
  ];
}
