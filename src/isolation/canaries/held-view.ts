/** What the harness sees of a launch's processes while a probe holds what it has got. */

export type HeldProcess = {
  pid: number;
  /** Targets of the links in /proc/PID/fd; `write` by the flags in fdinfo. */
  descriptors: { target: string; write: boolean }[];
  /** /proc/PID/mountinfo. */
  mounts: string;
  /** Target of /proc/PID/ns/user. */
  userNamespace: string;
  /** Inodes of the packet sockets in its network namespace. */
  packetSockets: string[];
  rssBytes: number;
};

export type HeldView = {
  /** Of the launch, on the host. In a sandbox with a kernel of its own they are that kernel's, not the program's. */
  processes: HeldProcess[];
  /** User namespaces of the launch's processes before the first probe. */
  userNamespacesBefore: ReadonlySet<string>;
  nonce: string;
  /** Who traces the sentinel; 0 = nobody. */
  sentinelTracer: number;
  /** Mode and owner of the file that a probe left in the launch's folder; null = there is none. */
  suidFile: { mode: number; uid: number } | null;
  /** What the resource probes go for. */
  wanted: { processes: number; bytes: number; files: number };
};

/** The descriptor that a process of the launch has of the host's kernel. */
export function descriptor(pattern: RegExp, access: "any" | "write" = "any") {
  return ({ processes }: HeldView): string | null => {
    for (const { pid, descriptors } of processes) {
      const found = descriptors.find(
        ({ target, write }) => pattern.test(target) && (access === "any" || write),
      );
      if (found !== undefined) return `process ${pid} of the host has ${found.target} open`;
    }
    return null;
  };
}
