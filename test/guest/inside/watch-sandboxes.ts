/** Watches, from outside, which sandboxes hold a virtual machine of KVM: by the kernel's word, not by runsc's. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** By container id: whether its Sentry was seen with a KVM virtual machine open. */
export type SeenSandboxes = Record<string, boolean>;

const EVERY_MS = 300;

export function watchSandboxes(): { stop(): SeenSandboxes } {
  const seen: SeenSandboxes = {};
  const timer = setInterval(() => look(seen), EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return seen;
    },
  };
}

function look(seen: SeenSandboxes): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, "latin1")
        .split("\0")
        .filter((arg) => arg !== "");
      const id = args.at(-1);
      if (args[0] !== "runsc-sandbox" || id === undefined) continue;
      seen[id] = (seen[id] ?? false) || holdsKvm(pid);
    } catch {
      // Ended while it was looked at.
    }
  }
}

function holdsKvm(pid: string): boolean {
  const dir = `/proc/${pid}/fd`;
  return readdirSync(dir).some((fd) => {
    try {
      return readlinkSync(`${dir}/${fd}`) === "anon_inode:kvm-vm";
    } catch {
      return false;
    }
  });
}
