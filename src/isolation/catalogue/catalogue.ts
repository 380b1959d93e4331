/** Every probe, and what was left out because nothing on the host could tell that it reached it. */
import { FILE_PROBES } from "./files.ts";
import { KERNEL_PROBES } from "./kernel.ts";
import { NAMESPACE_PROBES } from "./namespaces.ts";
import { NETWORK_PROBES } from "./network.ts";
import type { ProbeDefinition } from "./probe.ts";
import { RESOURCE_PROBES } from "./resources.ts";

export const PROBES: readonly ProbeDefinition[] = [
  ...FILE_PROBES,
  ...NAMESPACE_PROBES,
  ...KERNEL_PROBES,
  ...NETWORK_PROBES,
  ...RESOURCE_PROBES,
];

/** Not probed, each for a reason that a reader of the table has to know. */
export const NOT_PROBED: readonly { what: string; reason: string }[] = [
  {
    what: "loading a kernel module, kexec",
    reason: "a success would harm the host, and a failure for another reason looks like isolation",
  },
  { what: "the x32 and i386 system calls", reason: "no canary tells whose kernel answered" },
  { what: "chroot breakout", reason: "where it succeeds, read-host-file does, too" },
  {
    what: "setting the host's name or clock",
    reason: "a success would change the host; join-host-namespace stands for the former",
  },
  {
    what: "the metadata address, DNS",
    reason: "needs an address on the host's interfaces; host-loopback stands for it",
  },
  { what: "CPU quota, disk and inodes, a flood of output", reason: "not built yet" },
  { what: "denied APIs in scripts", reason: "not built yet" },
];

const BY_NAME = new Map(PROBES.map((probe) => [probe.name, probe]));

export function probeNamed(name: string): ProbeDefinition | undefined {
  return BY_NAME.get(name);
}
