import type { HostResources, MeasuredCosts, Traffic } from "../../../src/capacity/plan/traffic.ts";

export const MIB = 2 ** 20;

/** A launch takes 100 ms of one CPU, 40 MiB above a program of 10 MiB. */
export const COSTS: MeasuredCosts = {
  configuration: "made",
  startsS: new Array(10).fill(0.08),
  endsS: new Array(10).fill(0.02),
  startCpuS: new Array(10).fill(0.1),
  overheadBytes: new Array(10).fill(40 * MIB),
  marginalBytes: null,
  programBytes: 10 * MIB,
  slowdowns: [1],
  pids: null,
  descriptors: null,
  warnings: [],
};

export const HOST: HostResources = {
  cores: 2,
  memoryBytes: 4096 * MIB,
  safeShare: 0.5,
  pids: null,
  descriptors: null,
  podsPerNode: 110,
};

export const TRAFFIC: Traffic = {
  ratePerS: 10,
  traceS: null,
  service: { kind: "exponential", meanS: 0.1 },
  cpuShare: 1,
  programBytes: null,
  slo: { quantile: 0.95, limitS: 1 },
  headroom: 0,
  pooled: false,
};

export const EFFORT = { arrivals: 5_000, replicas: 10, seed: "1" };
