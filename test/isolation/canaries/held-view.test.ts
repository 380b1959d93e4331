import { describe, expect, test } from "vitest";
import type { HeldProcess, HeldView } from "../../../src/isolation/canaries/held-view.ts";
import { probeNamed } from "../../../src/isolation/catalogue/catalogue.ts";

const PROCESS: HeldProcess = {
  pid: 7,
  descriptors: [{ target: "/dev/null", write: true }],
  mounts: "22 27 0:21 / /proc rw - proc proc rw\n",
  userNamespace: "user:[1]",
  packetSockets: [],
  rssBytes: 1024,
};
const VIEW: HeldView = {
  processes: [PROCESS],
  userNamespacesBefore: new Set(["user:[1]"]),
  nonce: "abc",
  sentinelTracer: 0,
  suidFile: null,
  wanted: { processes: 3, bytes: 4096, files: 2 },
};
const withProcess = (changed: Partial<HeldProcess>): HeldView => ({
  ...VIEW,
  processes: [{ ...PROCESS, ...changed }],
});

/** The view in which the canary of a probe sees the host reached, and one that only looks like it. */
const SEEN: [probe: string, reached: HeldView, not: HeldView][] = [
  [
    "open-core-pattern",
    withProcess({ descriptors: [{ target: "/proc/sys/kernel/core_pattern", write: true }] }),
    withProcess({ descriptors: [{ target: "/proc/sys/kernel/core_pattern", write: false }] }),
  ],
  ["io-uring", withProcess({ descriptors: [{ target: "anon_inode:[io_uring]", write: true }] }), VIEW],
  [
    "packet-socket",
    withProcess({ descriptors: [{ target: "socket:[42]", write: true }], packetSockets: ["42"] }),
    withProcess({ descriptors: [{ target: "socket:[41]", write: true }], packetSockets: ["42"] }),
  ],
  [
    "mount",
    withProcess({ mounts: "60 22 0:50 / /tmp/x rw - tmpfs sbx-abc rw" }),
    withProcess({ mounts: "60 22 0:50 / /tmp/x rw - tmpfs sbx-other rw" }),
  ],
  // A process that has just ended shows none.
  ["user-namespace", withProcess({ userNamespace: "user:[2]" }), withProcess({ userNamespace: "" })],
  ["trace-host-process", { ...VIEW, sentinelTracer: 9 }, VIEW],
  [
    "make-suid-file",
    { ...VIEW, suidFile: { mode: 0o104755, uid: 0 } },
    { ...VIEW, suidFile: { mode: 0o104755, uid: 65534 } },
  ],
  ["fork-storm", { ...VIEW, processes: [PROCESS, PROCESS, PROCESS] }, VIEW],
  ["memory", withProcess({ rssBytes: 4096 }), withProcess({ rssBytes: 4095 })],
  ["open-files", withProcess({ descriptors: Array(2).fill(PROCESS.descriptors[0]) }), VIEW],
];

describe("what a probe holds", () => {
  test.for(SEEN)("%s is seen where the host has it, and only there", ([name, reached, not]) => {
    const canary = probeNamed(name)?.canary;
    if (canary?.kind !== "held") throw new Error(`${name} holds nothing`);
    expect(canary.look(reached)).not.toBeNull();
    expect(canary.look(not)).toBeNull();
  });
});
