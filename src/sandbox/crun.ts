/** crun: the OCI bundle by a runtime in C. */
import type { SandboxImplementation } from "./implementation.ts";
import { type OciRuntime, ociDriver, tryOci } from "./oci-runtime.ts";

/**
 * crun 1.8 does not start where a v2 hierarchy with controllers is mounted beside v1's, whatever it is told about
 * cgroups (libcrun/cgroup.c): in the mounts of the launch's own there is none.
 */
const HIDE_CGROUPS = ["/bin/sh", "-c", 'mount -t tmpfs tmpfs /sys/fs/cgroup && exec "$@"', "hide-cgroups"];

const RUNTIME: OciRuntime = {
  name: "crun",
  before: ({ cgroups }) => (cgroups.version === "hybrid" ? HIDE_CGROUPS : []),
  warnings: ({ cgroups }) =>
    cgroups.version === "hybrid"
      ? [
          "crun refuses hosts with cgroups of both versions: they are hidden from it, which takes about 1 ms of each start",
        ]
      : [],
  // Without a path of its own it would make one beside the launch's cgroup, which holds the limits already.
  options: ["--cgroup-manager=disabled"],
  makesCgroups: false,
  fix: () => "Run as root on the host itself; crun's message says what it could not do.",
};

export const crun: SandboxImplementation = {
  driver: (setting) => ociDriver(RUNTIME, setting),
  trial: { start: (setting) => tryOci(RUNTIME, setting) },
};
