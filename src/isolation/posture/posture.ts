/** How the kernel confines a process, read from outside: what a program says of itself differs by sandbox and version. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const NAMESPACES = ["user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"] as const;
/** Of /proc/PID/status, as the kernel prints them. */
export const STATUS_FIELDS = [
  "Uid",
  "Gid",
  "Groups",
  "NoNewPrivs",
  "Seccomp",
  "Seccomp_filters",
  "CapInh",
  "CapPrm",
  "CapEff",
  "CapBnd",
  "CapAmb",
] as const;

export const postureSchema = z.object({
  /** First words of its command line. */
  process: z.string(),
  status: z.record(z.string(), z.string()),
  uidMap: z.string(),
  gidMap: z.string(),
  /** Against the harness's own; `unknown` where the kernel does not tell. */
  namespaces: z.record(z.string(), z.enum(["inherited", "own", "unknown"])),
  /** How many of each class it has open. */
  descriptors: z.record(z.string(), z.number()),
  openFilesLimit: z.string(),
  root: z.string(),
});
export type Posture = z.infer<typeof postureSchema>;

/**
 * @param proc folder of the procfs, `/proc` but in tests
 * @returns null where it has ended or may not be read: half a posture would look like a whole one
 */
export function readPosture(pid: number, harness: number | "self", proc = "/proc"): Posture | null {
  const base = join(proc, String(pid));
  try {
    const status = fields(readFileSync(join(base, "status"), "latin1"));
    const maps = (name: string) => readFileSync(join(base, name), "latin1").trim().replaceAll(/\s+/g, " ");
    return {
      process: readFileSync(join(base, "cmdline"), "utf8").split("\0")[0] ?? "",
      status: Object.fromEntries(
        STATUS_FIELDS.flatMap((name) => (name in status ? [[name, status[name]!]] : [])),
      ),
      uidMap: maps("uid_map"),
      gidMap: maps("gid_map"),
      namespaces: Object.fromEntries(
        NAMESPACES.map((name) => [
          name,
          compared(join(base, "ns", name), join(proc, String(harness), "ns", name)),
        ]),
      ),
      descriptors: classes(join(base, "fd")),
      openFilesLimit:
        /^Max open files\s+(\S+)/m.exec(readFileSync(join(base, "limits"), "latin1"))?.[1] ?? "",
      root: readlinkSync(join(base, "root")),
    };
  } catch {
    return null;
  }
}

function fields(status: string): Record<string, string> {
  return Object.fromEntries(
    status.split("\n").flatMap((line) => {
      const [, name, value] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.trim().replaceAll(/\s+/g, " ")]];
    }),
  );
}

function compared(own: string, harness: string): "inherited" | "own" | "unknown" {
  try {
    return readlinkSync(own) === readlinkSync(harness) ? "inherited" : "own";
  } catch {
    return "unknown";
  }
}

function classes(dir: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const fd of readdirSync(dir)) {
    const kind = classOf(readlinkSync(join(dir, fd)));
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** `pipe:[1]` -> pipe, `anon_inode:[eventpoll]` -> eventpoll, `/dev/null` -> device, `/memfd:x (deleted)` -> memfd */
function classOf(target: string): string {
  if (target.startsWith("/dev/")) return "device";
  if (target.startsWith("/memfd:")) return "memfd";
  if (target.startsWith("/")) return "file";
  return /^anon_inode:\[?([\w-]+)/.exec(target)?.[1] ?? target.split(":")[0] ?? "other";
}
