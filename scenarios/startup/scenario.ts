import { defineScenario } from "../../src/index.ts";

export default defineScenario({
  name: "startup",
  description:
    "From spawn to the program's first line, its exit, and a clean host, as phases timed by the host.",
  params: {},
  metrics: [],
  host: { startup: true },
});
