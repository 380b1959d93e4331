import type { Configuration } from "../../axes/configuration.ts";
import type { Fingerprint } from "../../samples/run-manifest.ts";
import type { RoomLimits } from "../watch/host-room.ts";
import type { DensityCurve } from "./density-curve.ts";
import type { DENSITY_SCHEMA, DensityRequest, DensityStep } from "./density-types.ts";

/** The whole answer of `capacity density`, as its file and `--json` have it. */
export type DensityResult = {
  schema: typeof DENSITY_SCHEMA;
  id: string;
  fingerprint: Fingerprint;
  request: DensityRequest;
  limits: RoomLimits;
  /** What the host has. */
  room: { memoryBytes: number; tasks: number; descriptors: number };
  /** True where a signal ended it: what was measured until then is kept. */
  interrupted: boolean;
  configurations: {
    configuration: string;
    config: Configuration;
    steps: DensityStep[];
    curve: DensityCurve;
  }[];
  left: { configuration: string; reason: string }[];
};
