import { describe, expect, test } from "vitest";
import { breach, readHostRoom } from "../../../src/capacity/watch/host-room.ts";
import { fakeHost } from "../../probe/fake-host.ts";

const FILES = {
  "proc/meminfo": "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    600 kB\n",
  "proc/loadavg": "0.50 0.40 0.30 2/300 12345\n",
  "proc/sys/kernel/pid_max": "4000\n",
  "proc/sys/kernel/threads-max": "3000\n",
  "proc/sys/fs/file-nr": "1000\t0\t10000\n",
  "proc/pressure/memory":
    "some avg10=1.50 avg60=0.00 avg300=0.00 total=12\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n",
};
const room = (changes: Partial<typeof FILES> = {}) => readHostRoom(fakeHost({ ...FILES, ...changes }));

describe("the room of a host", () => {
  test("is read from /proc, the tighter of two limits of pids", () => {
    expect(room()).toEqual({
      memoryBytes: 1000 * 1024,
      memAvailableBytes: 600 * 1024,
      tasks: 300,
      mostTasks: 3000,
      files: 1000,
      mostFiles: 10_000,
      memoryPressure: 0.015,
    });
  });

  test("is not breached while there is some", () => {
    expect(breach(room())).toBeNull();
  });

  test.each([
    [
      "memory",
      { "proc/meminfo": "MemTotal: 1000 kB\nMemAvailable: 150 kB\n" },
      "memory: 85 % of the host's is taken, more than 80 %",
    ],
    [
      "pids",
      { "proc/loadavg": "0.5 0.4 0.3 2/1600 1\n" },
      "pids: 1600 of 3000 processes and threads exist, more than 50 %",
    ],
    [
      "descriptors",
      { "proc/sys/fs/file-nr": "6000\t0\t10000\n" },
      "descriptors: 6000 of 10000 open files, more than 50 %",
    ],
    [
      "pressure",
      { "proc/pressure/memory": "some avg10=35.00 avg60=0 avg300=0 total=1\n" },
      "pressure: tasks waited for memory in 35 % of the last 10 s",
    ],
  ])("is breached by %s, with the sentence that says so", (_, changes, sentence) => {
    expect(breach(room(changes))).toBe(sentence);
  });

  test("without pressure information is judged by the rest", () => {
    const { "proc/pressure/memory": _, ...older } = FILES;
    expect(breach(readHostRoom(fakeHost(older)))).toBeNull();
  });
});
