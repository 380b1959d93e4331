/** How much room a host still has, and when a measurement has to stop before the host suffers. */
import { readHostFile } from "../../probe/host-files.ts";

export type HostRoom = {
  memoryBytes: number;
  memAvailableBytes: number;
  /** Processes and threads there are, and how many there may be. */
  tasks: number;
  mostTasks: number;
  /** Open files of the whole host. */
  files: number;
  mostFiles: number;
  /** Share of the last 10 s in which some task waited for memory (PSI); `null` where the host does not say. */
  memoryPressure: number | null;
};

/** @param root a fake tree in tests */
export function readHostRoom(root = "/"): HostRoom {
  const meminfo = readHostFile(root, "proc/meminfo") ?? "";
  const bytes = (name: string) =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(meminfo)?.[1] ?? 0);
  const number = (path: string) => Number(readHostFile(root, path) ?? Number.NaN);
  // Fourth field: runnable/existing (proc_loadavg(5)).
  const tasks = Number(/\/(\d+) /.exec(readHostFile(root, "proc/loadavg") ?? "")?.[1] ?? 0);
  const [files = 0, , mostFiles = Number.POSITIVE_INFINITY] = (
    readHostFile(root, "proc/sys/fs/file-nr") ?? ""
  )
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
  const pressure = /^some avg10=([\d.]+)/m.exec(readHostFile(root, "proc/pressure/memory") ?? "")?.[1];
  return {
    memoryBytes: bytes("MemTotal"),
    memAvailableBytes: bytes("MemAvailable"),
    tasks,
    mostTasks: Math.min(
      orMore(number("proc/sys/kernel/pid_max")),
      orMore(number("proc/sys/kernel/threads-max")),
    ),
    files,
    mostFiles,
    memoryPressure: pressure === undefined ? null : Number(pressure) / 100,
  };
}

export type RoomLimits = {
  /** Shares of what there is that may be taken. */
  memory: number;
  tasks: number;
  files: number;
  /** Pressure at which it stops. */
  memoryPressure: number;
};

export const ROOM_LIMITS: RoomLimits = { memory: 0.8, tasks: 0.5, files: 0.5, memoryPressure: 0.2 };

/** The sentence that ends a step; `null` while there is room. */
export function breach(room: HostRoom, limits: RoomLimits = ROOM_LIMITS): string | null {
  const memory = 1 - room.memAvailableBytes / room.memoryBytes;
  if (memory > limits.memory)
    return `memory: ${percent(memory)} of the host's is taken, more than ${percent(limits.memory)}`;
  const tasks = room.tasks / room.mostTasks;
  if (tasks > limits.tasks)
    return `pids: ${room.tasks} of ${room.mostTasks} processes and threads exist, more than ${percent(limits.tasks)}`;
  const files = room.files / room.mostFiles;
  if (files > limits.files)
    return `descriptors: ${room.files} of ${room.mostFiles} open files, more than ${percent(limits.files)}`;
  if (room.memoryPressure !== null && room.memoryPressure > limits.memoryPressure)
    return `pressure: tasks waited for memory in ${percent(room.memoryPressure)} of the last 10 s`;
  return null;
}

function orMore(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
