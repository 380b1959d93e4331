/** runc: the OCI bundle under the kernel's own namespaces and filter. */
import type { SandboxImplementation } from "./implementation.ts";
import { type OciRuntime, ociDriver, tryOci } from "./oci-runtime.ts";

const RUNTIME: OciRuntime = {
  name: "runc",
  before: () => [],
  options: [],
  makesCgroups: true,
  fix: (stderr) =>
    /cgroup/i.test(stderr)
      ? "runc needs cgroups it may write: run as root, with /sys/fs/cgroup mounted read-write."
      : "Run as root on the host itself; runc's message says what it could not do.",
};

export const runc: SandboxImplementation = {
  driver: (setting) => ociDriver(RUNTIME, setting),
  trial: { start: (setting) => tryOci(RUNTIME, setting) },
};
