/** The example of docs/servers.md. */
import { defineConfig } from "sbx-bench";

export default defineConfig({
  matrix: {
    sandbox: ["native", "unshare", "runsc"],
    platform: ["systrap"],
    network: ["host", "sandbox"],
    seccomp: ["none"],
  },
  scenarios: [
    {
      use: "server",
      as: "api",
      params: {
        // Your own: argv: ["/srv/api/server", "--listen", ":8080"], binds: ["system", "/srv/api"]
        argv: [],
        port: 8080,
        rates: [50, 100, 200],
        warmupMs: 200,
        durationMs: 800,
        refine: 2,
        p99LimitMs: 20,
        // For a machine that has other things to do; its own default is 5.
        maxLagMs: 50,
      },
    },
  ],
  exclude: [
    {
      cells: "{unshare,runsc*}/net=host/*::*",
      reason: "sandboxed servers are reached through the veth pair",
    },
  ],
  rounds: 6,
  out: "../reports",
});
