/** What is done in the guest. Nothing is judged here: that is for the tests, which read what is left in /out. */
import { readFileSync } from "node:fs";
import { execa } from "execa";
import { command } from "./command.ts";

export type Step = () => Promise<object>;

async function facts(): Promise<object> {
  const caps = await execa("/bin/sh", ["-c", "exec /cache/sbx-bench/build/*sbx-kvm-caps*"], { reject: false });
  return {
    kernel: readFileSync("/proc/sys/kernel/osrelease", "utf8").trim(),
    model: /^model name\s*: (.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1],
    kvm: caps.stdout,
  };
}

export const SUITES: Record<string, Record<string, Step>> = {
  first: {
    facts,
    doctor: () => command(["doctor", "--json"]),
    run: () =>
      command(["run", "--json"], {
        matrix: { sandbox: ["native", "unshare", "runc", "runsc"], platform: ["systrap", "ptrace", "kvm"], network: ["none", "host", "sandbox"], seccomp: ["none", "default"] },
        scenarios: [
          "startup",
          { use: "syscalls", params: { opMs: 1, ops: ["getpid", "getpid-patchable", "stat"] } },
          { use: "goroutines", params: { opMs: 1, increments: 1000 } },
        ],
        rounds: 1,
      }),
  },
};
