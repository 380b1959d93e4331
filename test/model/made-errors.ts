import type { KnownErrors, TriedCell } from "../../src/model/known-errors.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";

/** A corpus of twenty programs in two configurations: corrected by nothing, wrong by up to `error` (of a logarithm), one way each. */
export function madeErrors(error = 0.2, more: Partial<KnownErrors> = {}): KnownErrors {
  const families = [
    ["runsc/systrap", 1],
    ["runsc/ptrace", -1],
  ] as const;
  const cells = families.flatMap(([family, sign]) =>
    Array.from({ length: 20 }, (_, index): TriedCell => {
      const predicted = Math.exp(1.5);
      const measured = predicted * Math.exp((sign * error * (index + 1)) / 20);
      return {
        program: `p${index}`,
        configuration: `${family}/net=none/seccomp=none`,
        ...{ family, predicted, measured, uncorrected: predicted },
      };
    }),
  );
  return {
    schema: "sbx-bench/model-errors@1",
    runId: "made",
    host: "a made processor, 2 CPUs",
    day: "2026-11-30",
    programs: 20,
    corrections: { "runsc/systrap": NO_CORRECTIONS, "runsc/ptrace": NO_CORRECTIONS },
    cells,
    asUsed: [],
    ...more,
  };
}
