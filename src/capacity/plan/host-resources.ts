/** What a host has for sandboxes: as a run recorded it, or as a what-if wants it. */
import { type Reading, readBytes } from "../units.ts";
import type { HostResources } from "./traffic.ts";

/** Kubernetes' own default (kubelet --max-pods). */
const PODS_PER_NODE = 110;
/** A stated safe share of the memory: the host, its page cache and peaks need the rest. */
const SAFE_SHARE = 0.8;

/** @returns `null` where the fingerprint does not say how many CPUs or how much memory there are */
export function resourcesOf(fields: Readonly<Record<string, string>>): HostResources | null {
  const cores = limited(Number(fields["cpu.logical"]), fields["cgroup.cpus"], 1);
  const memory = limited(bytesOf(fields["memory.total"], "GiB", 2 ** 30), fields["cgroup.memory"], 2 ** 20);
  if (!(cores > 0 && memory > 0)) return null;
  return {
    cores,
    memoryBytes: memory,
    safeShare: SAFE_SHARE,
    pids: null,
    descriptors: null,
    podsPerNode: PODS_PER_NODE,
  };
}

/** @param limit `no limit`, or a number with or without a unit */
function limited(all: number, limit: string | undefined, unit: number): number {
  const number = Number.parseFloat(limit ?? "");
  return Number.isNaN(number) ? all : Math.min(all, number * unit);
}

function bytesOf(text: string | undefined, unit: string, factor: number): number {
  return text?.endsWith(unit) === true ? Number.parseFloat(text) * factor : Number.NaN;
}

const KNOWN = "cores, mem, pods";

/** `cores=64,mem=256Gi,pods=250` in the place of what the host has. */
export function readWhatIf(text: string): Reading<Partial<HostResources>> {
  const wanted: Partial<HostResources> = {};
  for (const part of text.split(",")) {
    const [name = "", given = ""] = part.split("=").map((word) => word.trim());
    if (name === "mem") {
      const bytes = readBytes(given);
      if ("mistake" in bytes) return { mistake: `has mem=${given}, which ${bytes.mistake}` };
      wanted.memoryBytes = bytes.value;
    } else if (name === "cores" || name === "pods") {
      if (!/^\d+$/.test(given) || Number(given) < 1)
        return { mistake: `has ${name}=${given}, which is not a whole number from 1` };
      wanted[name === "cores" ? "cores" : "podsPerNode"] = Number(given);
    } else
      return {
        mistake: `has ${name === "" ? "nothing" : name} where only ${KNOWN} can stand: cores=64,mem=256Gi`,
      };
  }
  return { value: wanted };
}
