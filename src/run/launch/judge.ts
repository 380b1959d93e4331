/** From what the guard saw to a verdict on the launch: ok, or failed with evidence. Pure. */
import { lastWords } from "../../base/last-words.ts";
import type { LaunchFailure } from "../../samples/launch-record.ts";
import { EXIT_STATUS_CHECK } from "../../workload/protocol.ts";
import { type DrivenOutcome, serverFailure } from "../load/words.ts";
import { endingText, withoutEnvelope } from "./ending.ts";
import { DRAIN_LIMIT_MS, type GuardLimits, type GuardOutcome } from "./guard.ts";
import { outputEnds } from "./output-reader.ts";

const MIB = 1024 * 1024;

/**
 * The most telling failure first: a flood also ends by a signal, a hang too.
 *
 * @param driven of a launch that starts a server
 * @param speaksProtocol false: whatever the program prints is right, and it may end without a last line
 */
export function judge(
  outcome: GuardOutcome,
  limits: GuardLimits,
  speaksProtocol = true,
  driven: DrivenOutcome | null = null,
): LaunchFailure | null {
  const { output } = outcome;
  const failure = (kind: LaunchFailure["kind"], message: string): LaunchFailure => ({
    kind,
    message,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    ...outputEnds(output),
  });
  const words = (...outputs: string[]): string => {
    const said = lastWords(...outputs);
    return said === "" ? "" : `: ${said}`;
  };
  const stderr = output.stderrHead + output.stderrTail;
  const stdout = output.stdoutHead + output.stdoutTail;
  if (outcome.spawnError !== null) return failure("spawn", `could not be started: ${outcome.spawnError}`);
  if (output.flooded) {
    return failure("flood", `printed more than ${round(limits.outputBytes / MIB)} MiB and was killed`);
  }
  if (outcome.timedOut) {
    const where = output.helloAtNs === null ? "before its first line" : "after its first line";
    return failure("hang", `no end within ${round(limits.launchMs / 1000)} s (${where}); killed`);
  }
  const ending = endingText(outcome, words(withoutEnvelope(stderr), stdout));
  if (ending !== null) return failure("crash", ending);
  if (outcome.outputHeldOpen) {
    return failure(
      "hang",
      `ended, but a process that it left behind held its output open for ${DRAIN_LIMIT_MS / 1000} s and was killed`,
    );
  }
  if (!speaksProtocol) return null;
  if (output.garbage !== null) return failure("garbage", output.garbage);
  if (output.endAtNs === null) {
    return failure(
      "early-exit",
      'the launched process ended with exit code 0 but the program did not print its last line ("end")',
    );
  }
  const server =
    driven === null ? null : serverFailure(driven, output.transcript.checks, lastWords(stderr, stdout));
  if (server !== null) return failure("server", server);
  const wrong = output.transcript.checks.find((check) => !check.ok);
  if (wrong !== undefined) {
    // What the command of the scenario `program` said stands on stderr.
    const why = wrong.name === EXIT_STATUS_CHECK ? words(stderr) : "";
    return failure(
      "check",
      `check ${wrong.name} failed: expected ${wrong.expected}, got ${wrong.actual}${why}`,
    );
  }
  return null;
}

function round(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
