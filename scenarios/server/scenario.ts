import { defineScenario } from "sbx-bench";

export default defineScenario({
  name: "server",
  description:
    "Any server, driven from outside its sandbox by an open-loop load: latency by rate, and capacity.",
  params: {
    /** The server and its arguments, as of the scenario `program`. Empty = one of Go's net/http that answers with 1 KiB. */
    argv: [],
    /** Folders of the host that it sees at their own paths, as of the scenario `program`. */
    binds: ["system"],
    /** Folder of the host of which each cell gets a writable copy, its work folder; empty = an empty one. */
    work: "",
    /** Where it starts; empty = the work folder. */
    cwd: "",
    /** Further environment, NAME=value; PORT is the port below. */
    env: [],
    /** TCP port on which it listens, on all addresses. */
    port: 8080,
    /** http1, http2 (in clear text, without upgrade), or tcp: an echo of the body, byte for byte. */
    protocol: "http1",
    method: "GET",
    path: "/",
    /** Asked until it is answered well, before the load; empty = path. */
    healthPath: "",
    /** NAME: VALUE */
    headers: [],
    body: "",
    /** The status of a good answer; 0 = any from 200 to 299. */
    expectStatus: 0,
    /** Connections, made before the load; each takes one request at a time (http2: a hundred). */
    connections: 16,
    /** poisson: independent of each other, as those of many users; constant: at equal distances. */
    arrivals: "poisson",
    /** Requests a second, one phase each. */
    rates: ["100", "500", "2000"],
    /** Of each phase: sent and not counted. */
    warmupMs: 300,
    /** Of each phase: counted. */
    durationMs: 2000,
    /** After which a request has failed. */
    timeoutMs: 2000,
    /** For the first good answer. */
    upTimeoutMs: 10_000,
    /** What a rate has to keep, for the highest rate that does. */
    p99LimitMs: 20,
    /** Further phases that narrow down that rate: each halves the gap. */
    refine: 3,
    /** Share of failed requests beyond which the launch has failed; time-outs of a full server are none. */
    maxErrorShare: 0.01,
    /** By how much the load generator itself may be late (p99) before its figures are refused. */
    maxLagMs: 5,
  },
  presets: {
    quick: { warmupMs: 200, durationMs: 800, refine: 2 },
    full: { warmupMs: 500, durationMs: 5000, refine: 4 },
  },
  metrics: [],
  host: { memoryMarks: ["load"] },
  hostPrograms: true,
  load: true,
});
