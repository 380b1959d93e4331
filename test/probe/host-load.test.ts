import { expect, test } from "vitest";
import { disturbances, sampleHostLoad } from "../../src/probe/host-load.ts";
import type { HostLoad } from "../../src/samples/launch-record.ts";
import { fakeHost } from "./fake-host.ts";

const FILES = {
  "proc/loadavg": "1.25 0.50 0.25 2/96 15906\n",
  //              user nice system idle iowait irq softirq steal guest guest_nice
  "proc/stat": "cpu  100 10 50 1000 20 5 7 30 90 9\ncpu0 50 5 25 500 10 2 3 15 45 4\n",
  "proc/pressure/cpu": "some avg10=0.15 avg60=0.57 avg300=1.43 total=65679401\nfull avg10=0.00 total=0\n",
  "proc/meminfo": "MemTotal: 24000000 kB\nMemFree: 1 kB\nMemAvailable: 2048 kB\n",
};

test("reads load, ticks, pressure and memory", () => {
  expect(sampleHostLoad(fakeHost(FILES))).toEqual({
    load1: 1.25,
    stealTicks: 30,
    busyTicks: 172,
    totalTicks: 1222,
    cpuPressureUs: 65679401,
    memAvailableBytes: 2048 * 1024,
  });
});

test("counts guest time once: the kernel has added it to user time", () => {
  const { totalTicks } = sampleHostLoad(fakeHost(FILES));
  expect(totalTicks).toBe(100 + 10 + 50 + 1000 + 20 + 5 + 7 + 30);
});

test("a kernel without PSI has no pressure", () => {
  const { "proc/pressure/cpu": _, ...files } = FILES;
  expect(sampleHostLoad(fakeHost(files)).cpuPressureUs).toBeNull();
});

test("this host can be sampled in well under a millisecond", () => {
  const startedAt = performance.now();
  for (let i = 0; i < 100; i++) sampleHostLoad();
  // 0.05 ms here; the bound leaves room for a busy host.
  expect((performance.now() - startedAt) / 100).toBeLessThan(1);
});

const QUIET: HostLoad = {
  load1: 0.2,
  stealTicks: 0,
  busyTicks: 0,
  totalTicks: 0,
  cpuPressureUs: 0,
  memAvailableBytes: 8e9,
};
const SECOND_NS = 1e9;

function after(change: Partial<HostLoad>): HostLoad {
  return { ...QUIET, totalTicks: 200, busyTicks: 100, ...change };
}

function disturbedBy(change: Partial<HostLoad>, launchCpuNs: number | null = null, before = QUIET): string[] {
  return disturbances(before, after(change), SECOND_NS, launchCpuNs, 2);
}

test("a launch on a quiet host is not disturbed", () => {
  expect(disturbedBy({})).toEqual([]);
});

test("steal above 2 % disturbs", () => {
  expect(disturbedBy({ stealTicks: 10 })).toEqual(["the hypervisor took 5.0 % of the CPU time (steal)"]);
});

test("one or two ticks of steal prove nothing in a short launch", () => {
  expect(disturbedBy({ stealTicks: 2, totalTicks: 20 })).toEqual([]);
});

test("CPU time that the launch did not use was used by others", () => {
  expect(disturbedBy({ busyTicks: 160 }, 0.6 * SECOND_NS)).toEqual([
    "other processes used 50 % of the CPU time",
  ]);
});

test("a launch that uses every CPU by itself is not disturbed", () => {
  expect(disturbedBy({ busyTicks: 200, cpuPressureUs: 990_000 }, 2 * SECOND_NS)).toEqual([]);
});

test("where the launch's own CPU time is unknown, pressure beyond its own stands in", () => {
  expect(disturbedBy({ cpuPressureUs: 650_000 })).toEqual([]);
  expect(disturbedBy({ cpuPressureUs: 980_000 })).toEqual(["tasks waited for a CPU during 98 % of the time"]);
});

test("where the launch's own CPU time is unknown, a high load before it stands in", () => {
  expect(disturbedBy({}, null, { ...QUIET, load1: 6 })).toEqual([
    "the load was 6.0 on 2 CPUs when it started",
  ]);
});

test("a host that is out of memory disturbs", () => {
  expect(disturbedBy({ memAvailableBytes: 100 * 2 ** 20 })).toEqual([
    "only 100 MiB of memory were available",
  ]);
});
