import type { Configuration } from "../../src/axes/configuration.ts";
import type { CostModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import type { TermName } from "../../src/model/terms.ts";
import type { ValidatedCell } from "../../src/model/validate.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const NOISE = 0.02;
const native = madeObservations({ config: NATIVE, costs: {}, noise: NOISE });

type Made = {
  config: Configuration;
  costs?: Partial<Record<TermName, number>>;
  without?: (scenario: string) => boolean;
};

/** A model of the configurations given; of systrap alone without any. */
export function madeModel(members: readonly Made[] = [{ config: SYSTRAP }]): CostModel {
  return {
    runId: "made",
    fingerprint: "made",
    toolVersion: "0.1.0",
    configurations: members.map(
      ({ costs = COSTS, ...made }) =>
        fitConfiguration(madeObservations({ ...made, costs, noise: NOISE }), native)!,
    ),
    unfitted: [],
  };
}

export function madeCell(program: string, parts: Partial<ValidatedCell> = {}): ValidatedCell {
  return {
    program,
    configuration: "runsc/systrap/net=none/seccomp=none",
    family: "runsc/systrap",
    predicted: 2,
    low: 1.5,
    high: 2.6,
    measured: 2.2,
    measuredLow: 2.1,
    measuredHigh: 2.3,
    dominant: [{ term: "trap", ns: 80e6 }],
    naive: { getpid: 3, average: 2, callCount: 1.8 },
    ...parts,
  };
}
