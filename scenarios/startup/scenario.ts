import { defineScenario } from "sbx-bench";

export default defineScenario({
  name: "startup",
  description:
    "From spawn to the program's first line, its exit, and a clean host, as phases timed by the host.",
  params: {
    /** Spins for so long before the first line, ns. To try the gate on a known slowdown. */
    burnNs: 0,
  },
  metrics: [],
  host: { startup: true },
});
