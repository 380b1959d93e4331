import { execFileSync } from "node:child_process";
import { getPriority } from "node:os";
import { expect, test } from "vitest";
import { inheritedFindings } from "../../src/probe/findings-inherited.ts";
import { readInherited } from "../../src/probe/inherited.ts";
import { fakeHost } from "./fake-host.ts";

/** Fields 3 to 41 of /proc/self/stat, with a command that holds a bracket and blanks. */
const stat = (nice: number, priority: number, policy: number) =>
  `7 (a) b) R ${[...Array<number>(15).fill(1), nice, ...Array<number>(20).fill(1), priority, policy].join(" ")} 0`;

const PLAIN = {
  "proc/self/status": "Seccomp:\t0\nSeccomp_filters:\t0\nCpus_allowed_list:\t0-3\nMems_allowed_list:\t0\n",
  "proc/self/stat": stat(0, 0, 0),
  "proc/self/personality": "00000000",
  "proc/self/numa_maps": "55be7d64f000 default file=/usr/bin/node mapped=2\n",
  "proc/self/limits":
    "Limit                     Soft Limit           Hard Limit           Units\nMax stack size            8388608              unlimited            bytes\n",
  "proc/sys/kernel/randomize_va_space": "2",
  "sys/devices/system/cpu/online": "0-3",
  "sys/devices/system/node/online": "0",
};

const inherited = (change: Record<string, string>, quota: number | null = null) =>
  readInherited(quota, fakeHost({ ...PLAIN, ...change }));
const status = (cpus: string, rest = "Seccomp:\t0\nMems_allowed_list:\t0\n") => ({
  "proc/self/status": `${rest}Cpus_allowed_list:\t${cpus}\n`,
});

test("a plain shell hands on nothing unusual", () => {
  const fields = inherited({});
  expect(fields).toEqual({
    "cpu.usable": "all 4",
    "memory.policy": "default",
    "process.aslr": "on",
    "process.filters": "none",
    "process.scheduling": "other, nice 0",
    "process.stack": "8192 KiB",
  });
  expect(inheritedFindings({ fingerprint: { id: "x", fields } })).toEqual([]);
});

test.each([
  ["0", null, "1 of 4 (CPU 0)"],
  ["1-2", null, "2 of 4 (CPUs 1-2)"],
  ["0,3", null, "2 of 4 (CPUs 0,3)"],
  ["0-3", 0.5, "0.5 of 4 (quota)"],
  ["0-1", 1.5, "1.5 of 4 (quota on CPUs 0-1)"],
  ["0-1", 2, "2 of 4 (CPUs 0-1)"],
])("CPUs %s with a quota of %s are %s", (cpus, quota, text) => {
  expect(inherited(status(cpus), quota)["cpu.usable"]).toBe(text);
});

test.each([
  ["nice 10", { "proc/self/stat": stat(10, 0, 0) }, "process.scheduling", "other, nice 10"],
  ["chrt -b", { "proc/self/stat": stat(0, 0, 3) }, "process.scheduling", "batch, nice 0"],
  ["chrt -f 5", { "proc/self/stat": stat(0, 5, 1) }, "process.scheduling", "fifo, priority 5"],
  ["setarch -R", { "proc/self/personality": "00040000" }, "process.aslr", "off (personality)"],
  ["a sysctl", { "proc/sys/kernel/randomize_va_space": "0" }, "process.aslr", "off (kernel)"],
  ["Docker", status("0-3", "Seccomp:\t2\nSeccomp_filters:\t1\n"), "process.filters", "1"],
  ["an older kernel", status("0-3", "Seccomp:\t2\n"), "process.filters", "some"],
  ["numactl", { "proc/self/numa_maps": "55be bind:0 file=x\n" }, "memory.policy", "bind:0"],
  ["a cpuset", { "sys/devices/system/node/online": "0-1" }, "memory.policy", "default, nodes 0"],
  [
    "ulimit -s unlimited",
    { "proc/self/limits": "Max stack size            unlimited            unlimited            bytes\n" },
    "process.stack",
    "no limit",
  ],
])("%s shows", (_, change, field, value) => {
  expect(inherited(change)[field]).toBe(value);
});

test("what is unusual is a finding", () => {
  const fields = inherited({ ...status("0"), "proc/self/personality": "00040000" });
  expect(inheritedFindings({ fingerprint: { id: "x", fields } }).map(({ what }) => what)).toEqual([
    "usable CPUs: 1 of 4 (CPU 0)",
    "address randomisation: off (personality)",
  ]);
});

test("taskset, nice and setarch really show on this host", () => {
  const script = `const { readInherited } = await import(${JSON.stringify(
    new URL("../../src/probe/inherited.ts", import.meta.url).href,
  )}); console.log(JSON.stringify(readInherited(null)))`;
  const command = ["-n", "5", "taskset", "-c", "0", "setarch", "-R", process.execPath];
  const fields = JSON.parse(
    execFileSync("nice", [...command, "--input-type=module", "-e", script], { encoding: "utf8" }),
  );
  expect(fields).toMatchObject({
    "cpu.usable": expect.stringMatching(/^(1 of \d+ \(CPU 0\)|all 1)$/),
    "process.aslr": "off (personality)",
    // nice adds to what this process has already.
    "process.scheduling": `other, nice ${Math.min(19, getPriority() + 5)}`,
  });
});
