/** From what the guard saw to a verdict on the launch: ok, or failed with evidence. Pure. */
import type { LaunchFailure } from "../samples/launch-record.ts";
import { DRAIN_LIMIT_MS, type GuardLimits, type GuardOutcome } from "./guard.ts";

const MIB = 1024 * 1024;

/** The most telling failure first: a flood also ends by a signal, a hang too. */
export function judge(outcome: GuardOutcome, limits: GuardLimits): LaunchFailure | null {
  const { output } = outcome;
  const failure = (kind: LaunchFailure["kind"], message: string): LaunchFailure => ({
    kind,
    message,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    stdoutTail: output.stdoutTail,
    stderrTail: output.stderrTail,
  });
  if (outcome.spawnError !== null) return failure("spawn", `could not be started: ${outcome.spawnError}`);
  if (output.flooded) {
    return failure("flood", `printed more than ${round(limits.outputBytes / MIB)} MiB and was killed`);
  }
  if (outcome.timedOut) {
    const where = output.helloAtNs === null ? "before its first line" : "after its first line";
    return failure("hang", `no end within ${round(limits.launchMs / 1000)} s (${where}); killed`);
  }
  if (outcome.signal !== null)
    return failure("crash", `ended by ${outcome.signal}${lastWords(output.stderrTail)}`);
  if (outcome.exitCode !== 0) {
    return failure("crash", `ended with exit code ${outcome.exitCode}${lastWords(output.stderrTail)}`);
  }
  if (outcome.outputHeldOpen) {
    return failure(
      "hang",
      `ended, but a process that it left behind held its output open for ${DRAIN_LIMIT_MS / 1000} s and was killed`,
    );
  }
  if (output.garbage !== null) return failure("garbage", output.garbage);
  if (output.endAtNs === null) {
    return failure("early-exit", 'ended with exit code 0 but without its last line ("end")');
  }
  const wrong = output.transcript.checks.find((check) => !check.ok);
  if (wrong !== undefined) {
    return failure("check", `check ${wrong.name} failed: expected ${wrong.expected}, got ${wrong.actual}`);
  }
  return null;
}

/** `: last line of stderr`, which is where programs say why; a Go program says it before its stack traces. */
function lastWords(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const why = lines.findLast((line) => /^(panic|fatal error): /.test(line)) ?? lines.at(-1);
  const line = why?.trim() ?? "";
  return line === "" ? "" : `: ${line.slice(0, 300)}`;
}

function round(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
