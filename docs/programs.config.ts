/** The example of docs/programs.md. */
import { defineConfig } from "sbx-bench";

export default defineConfig({
  matrix: {
    sandbox: ["native", "unshare", "runc", "runsc"],
    platform: ["systrap"],
    network: ["none", "host"],
    seccomp: ["none"],
  },
  scenarios: [
    {
      use: "program",
      as: "gzip",
      params: { argv: ["gzip", "-9", "-c", "/usr/share/common-licenses/GPL-3"], repeat: 5 },
    },
    { use: "program", as: "pipe", params: { argv: ["sh", "-c", "find /etc | sort | wc -l"] } },
  ],
  scenarioDir: "../scenarios",
  rounds: 6,
  out: "../reports",
});
