import { defineScenario, type ScenarioDefinition } from "sbx-bench";

type Metric = ScenarioDefinition["metrics"][number];

const WRITABLE = { bind: "bind mount", tmpfs: "tmpfs" };
const READABLE = { root: "root file system", ...WRITABLE };

const smallFiles = Object.entries(WRITABLE).flatMap(([place, where]) =>
  Object.entries({
    create: "create a file of 4 KiB",
    write: "overwrite a file of 4 KiB",
    read: "open and read a file of 4 KiB",
    rename: "rename a file",
    unlink: "remove a file",
  }).map(
    ([op, title]): Metric => ({
      metric: `${op}-${place}`,
      title: `${title}, ${where}`,
      unit: "ns",
      better: "lower",
      group: `small files, ${where}`,
    }),
  ),
);

const reads = Object.entries(READABLE).flatMap(([place, where]): Metric[] => [
  {
    metric: `seq-read-${place}`,
    title: `read 4 MiB in sequence, ${where}`,
    unit: "bytes/s",
    better: "higher",
    group: "reading",
  },
  {
    metric: `rand-read-4k-${place}`,
    title: `read 4 KiB at random, ${where}`,
    unit: "ns",
    better: "lower",
    group: "reading",
  },
]);

export default defineScenario({
  name: "files",
  description: "Small files made, read, renamed and removed, and a file of 4 MiB read, from the page cache.",
  params: {
    /** Time for each operation. */
    opMs: 40,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: { quick: { opMs: 5 }, model: { opMs: 8 }, full: { opMs: 100 } },
  metrics: [...smallFiles, ...reads],
});
