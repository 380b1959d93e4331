import { defineScenario, type ScenarioDefinition } from "sbx-bench";

type Metric = ScenarioDefinition["metrics"][number];

const metrics = Object.entries({ lo: "loopback", veth: "veth pair" }).flatMap(([link, over]): Metric[] => [
  {
    metric: `tcp-rr-${link}`,
    title: `TCP round trip of one byte, ${over}`,
    unit: "ns",
    better: "lower",
    group: `network, ${over}`,
  },
  {
    metric: `tcp-stream-${link}`,
    title: `TCP stream, one connection, ${over}`,
    unit: "bytes/s",
    better: "higher",
    group: `network, ${over}`,
  },
  {
    metric: `http-${link}`,
    title: `HTTP requests one after another, 1 KiB, ${over}`,
    unit: "1/s",
    better: "higher",
    group: `network, ${over}`,
  },
]);

export default defineScenario({
  name: "network",
  description:
    "TCP round trips, a TCP stream and HTTP requests by net/http, over loopback and over the veth pair.",
  params: {
    /** Time for each operation. */
    opMs: 100,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: {
    quick: { opMs: 20 },
    model: { opMs: 20 },
    full: { opMs: 300 },
    article: { opMs: 20, ops: ["tcp-rr-lo"] },
  },
  metrics,
  peer: true,
});
