import { type CallProfile, PROFILE_SCHEMA, type ProgramProfile } from "../../src/samples/program-profile.ts";

export function call(
  name: string,
  target: CallProfile["target"],
  count: number,
  parts: Partial<CallProfile> = {},
): CallProfile {
  return { name, target, count, errors: 0, bytes: 0, blocked: 0, timeNs: 0, waitNs: 0, ...parts };
}

/** A profile of a program that does nothing, but for what is given. */
export function profile(
  parts: Partial<Omit<ProgramProfile, "bare">> & { bare?: Partial<ProgramProfile["bare"]> } = {},
): ProgramProfile {
  return {
    schema: PROFILE_SCHEMA,
    command: ["made"],
    callingStyle: "go",
    recordedAt: "2026-11-24T00:00:00Z",
    toolVersion: "0.1.0",
    fingerprint: { id: "made", fields: {} },
    tracer: "strace",
    tracerCost: { insideNs: 0, betweenNs: 0 },
    tracedRuns: 3,
    processes: 1,
    execs: 1,
    threads: 1,
    calls: [],
    gaps: [],
    mappedBytes: 0,
    parallelism: 1,
    slowdownByTracing: 1,
    warnings: [],
    ...parts,
    bare: {
      runs: 5,
      wallNs: 100e6,
      wallLowNs: null,
      wallHighNs: null,
      userNs: 0,
      systemNs: 0,
      maxRssBytes: 0,
      minorFaults: 0,
      majorFaults: 0,
      voluntarySwitches: 0,
      involuntarySwitches: 0,
      ...parts.bare,
    },
  };
}
