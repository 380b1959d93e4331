import { describe, expect, test } from "vitest";
import { footprintOf, processesOf } from "../../../src/capacity/density/footprint.ts";
import { fakeHost } from "../../probe/fake-host.ts";

const rollup = (pss: number) => `Rss: ${2 * pss} kB\nPss: ${pss} kB\n`;
const stat = (pid: number, user: number, system: number) =>
  `${pid} (a ) b) S 1 1 1 0 -1 0 0 0 0 0 ${user} ${system} 0 0 20 0 3 0 5 0 0`;

const host = () =>
  fakeHost({
    "proc/10/cgroup": "4:memory:/sbx-run-1\n",
    "proc/10/environ": "A=1\0",
    "proc/10/cmdline": "/usr/bin/runsc-sandbox\0--root\0",
    "proc/10/smaps_rollup": rollup(100),
    "proc/10/status": "Name:\trunsc\nThreads:\t7\nVmPTE:\t40 kB\n",
    "proc/10/stat": stat(10, 150, 50),
    "proc/10/fd/0": "",
    "proc/10/fd/1": "",
    "proc/11/cgroup": "4:memory:/other\n",
    "proc/11/environ": "B=2\0LAUNCH=sbx-run-2\0",
    "proc/11/cmdline": "",
    "proc/11/smaps_rollup": rollup(30),
    "proc/11/status": "Name:\texe\nThreads:\t1\nVmPTE:\t4 kB\n",
    "proc/11/stat": stat(11, 0, 0),
    "proc/12/cgroup": "4:memory:/sbx-runner-1\n",
    "proc/12/environ": "LAUNCH=sbx-other-2\0",
    "proc/self/cgroup": "4:memory:/sbx-run-1\n",
  });

describe("a footprint", () => {
  test("is of the processes in a launch's cgroup or with its mark, and of no others", () => {
    expect(processesOf("sbx-run-", "LAUNCH", host())).toEqual([10, 11]);
  });

  test("sums what they take, also behind a name with brackets", () => {
    expect(footprintOf([10, 11], host())).toEqual({
      processes: 2,
      threads: 8,
      descriptors: 2,
      pssBytes: 130 * 1024,
      rssBytes: 260 * 1024,
      pageTableBytes: 44 * 1024,
      cpuS: 2,
      pssByRole: { "runsc-sandbox": 100 * 1024, "[exe]": 30 * 1024 },
    });
  });

  test("leaves out a process that has ended meanwhile", () => {
    expect(footprintOf([10, 99], host()).processes).toBe(1);
  });
});
