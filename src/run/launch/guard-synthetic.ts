/** The guard of a launch that only pretends: the same limits, without a process. */
import type { SyntheticLaunch } from "../../sandbox/driver.ts";
import type { GuardHooks, GuardLimits, GuardOutcome } from "./guard.ts";
import { LaunchLimit } from "./launch-limit.ts";
import { monotonicNs } from "./monotonic.ts";
import { OutputReader } from "./output-reader.ts";

export async function guardSynthetic(
  launch: SyntheticLaunch,
  limits: GuardLimits,
  hooks: GuardHooks,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  let timedOut = false;
  let kill = (): void => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const reader = new OutputReader(limits.outputBytes, {
    onMessage: hooks.speaksProtocol ? () => {} : null,
    onFlood: () => kill(),
  });
  const timer = new LaunchLimit(limits.launchMs, hooks.absentNs, () => {
    timedOut = true;
    kill();
  });
  abort.addEventListener("abort", kill);
  if (abort.aborted) kill();
  const spawnedAtNs = monotonicNs();
  const exit = await launch.run({
    stdout(chunk) {
      hooks.onOutput?.("stdout", Buffer.from(chunk));
      reader.stdout(chunk);
    },
    stderr(chunk) {
      hooks.onOutput?.("stderr", Buffer.from(chunk));
      reader.stderr(chunk);
    },
    killed,
  });
  timer.clear();
  abort.removeEventListener("abort", kill);
  reader.finish();
  return {
    spawnedAtNs,
    endedAtNs: monotonicNs(),
    ...exit,
    spawnError: null,
    timedOut,
    aborted: abort.aborted,
    outputHeldOpen: false,
    output: reader.state,
  };
}
