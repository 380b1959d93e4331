import {
  type ConversionTarget,
  containerProfileSchema,
  convertContainerProfile,
} from "../../../src/sandbox/seccomp/container-format.ts";
import type { OciSeccomp } from "../../../src/sandbox/seccomp/oci-profile.ts";

const TARGET: ConversionTarget = {
  capabilities: [],
  arch: "amd64",
  kernelRelease: "6.1.0-40-amd64",
};

/** A profile that allows everything but what the parts say. */
export function ociProfile(parts: object, target: Partial<ConversionTarget> = {}): OciSeccomp {
  const parsed = containerProfileSchema.parse({ defaultAction: "SCMP_ACT_ALLOW", ...parts });
  return convertContainerProfile(parsed, { ...TARGET, ...target });
}
