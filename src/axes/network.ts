/** The axis `network`: what the program can reach. Pure. */
import { z } from "zod";
import type { Axis } from "./axis.ts";
import { factsOf } from "./sandbox.ts";

export const NETWORKS = ["none", "host", "sandbox"] as const;
export type NetworkName = (typeof NETWORKS)[number];

const DOCS = "gvisor.dev/docs/user_guide/networking";
/** Less of the host's network is more isolation, and less function. */
const LEAST_ISOLATED_FIRST: readonly NetworkName[] = ["host", "sandbox", "none"];

export const networkSchema = z.array(z.enum(NETWORKS)).min(1).optional();

export const networkAxis: Axis = {
  key: "network",
  shortKey: "net",
  option: { argument: "<names>", text: `${NETWORKS.join(", ")}` },
  idPart: ({ network }) => `net=${network}`,
  isOf: () => true,
  values: ({ network }) => network.map((name) => ({ network: name })),
  absent: {},
  compare: (a, b) => NETWORKS.indexOf(a.network) - NETWORKS.indexOf(b.network),
  others: (config) => NETWORKS.map((network) => ({ ...config, network })),
  price(from, to) {
    const { isGVisor } = factsOf(to);
    if (to.network === "host") {
      const stack = isGVisor ? "gVisor hands socket calls to the host's network stack, and " : "";
      return [
        {
          kind: "security",
          text: `${stack}the program reaches the host's interfaces and services on its loopback`,
          source: isGVisor ? DOCS : "network_namespaces(7)",
        },
      ];
    }
    if (to.network === "none")
      return [{ kind: "function", text: "no network but a loopback of its own", source: DOCS }];
    const isLessIsolated =
      LEAST_ISOLATED_FIRST.indexOf(to.network) < LEAST_ISOLATED_FIRST.indexOf(from.network);
    return isLessIsolated
      ? [
          {
            kind: "security",
            text: "it can reach the network that its interface is connected to",
            source: DOCS,
          },
        ]
      : [];
  },
  need: (_, { network }) =>
    network === "sandbox"
      ? "a network namespace with an interface: Docker, a CNI plugin, or `ip netns`"
      : null,
};
