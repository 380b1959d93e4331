import type { RunEvent } from "../../run/events.ts";
import type { Steering } from "../../run/rounds/steering.ts";
import { type RunResult, runMatrix } from "../../run/run-matrix.ts";
import type { FakeFault } from "../../sandbox/fake.ts";
import { interruptible, type UseCaseContext } from "../use-case.ts";
import type { PreparedRun } from "./prepare-new.ts";

/** Launches what is missing; `abort` ends it in order. @param fakeFaults for the fake driver */
export function measureHere(
  prepared: PreparedRun,
  steering: Steering | undefined,
  context: UseCaseContext,
  fakeFaults: FakeFault[] = [],
): Promise<RunResult> {
  const { say, abort } = context;
  const observe = (event: RunEvent) => say({ type: "run", event });
  return interruptible(context, () => runMatrix({ ...prepared, fakeFaults, observe, abort, steering }));
}
