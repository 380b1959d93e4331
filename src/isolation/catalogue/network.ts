import type { ProbeDefinition } from "./probe.ts";

export const NETWORK_PROBES: readonly ProbeDefinition[] = [
  {
    name: "host-loopback",
    group: "network",
    tries: "connect to a service on the host's loopback",
    technique: "hostNetwork: kubelet, metadata and admin services on 127.0.0.1",
    fix: "Give the sandbox a network namespace of its own (network none or sandbox).",
    canary: { kind: "arrival", at: "loopback" },
  },
  {
    name: "packet-socket",
    group: "network",
    tries: "have the host's kernel open a packet socket",
    technique: "ARP and DNS spoofing with CAP_NET_RAW; CVE-2020-14386",
    fix: "Drop CAP_NET_RAW; in gVisor leave --net-raw off.",
    canary: {
      kind: "held",
      look: ({ processes }) => {
        for (const { pid, descriptors, packetSockets } of processes) {
          const found = descriptors.find(({ target }) =>
            packetSockets.includes(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? ""),
          );
          if (found !== undefined) return `process ${pid} of the host has the packet ${found.target}`;
        }
        return null;
      },
    },
  },
];
