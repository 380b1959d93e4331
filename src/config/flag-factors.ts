/**
 * runsc's flags that may change performance, as factors with levels. Pure.
 * Source: runsc/config/flags.go and config.go of gVisor; defaults differ between versions and are asked of each.
 */
import type { NetworkName } from "../axes/network.ts";
import type { PlatformName } from "../axes/platform.ts";

type FlagLevel = {
  value: string;
  /** What it gives up, or gains, beside time: one clause. */
  tradeOff: string;
};

export type FlagFactor = {
  /** Name of the flag, without dashes. */
  name: string;
  /** Levels to hold against the default; one that is a version's default is left out there. */
  levels: readonly FlagLevel[];
  /** Elsewhere the flag has no effect. */
  only?: { platform?: PlatformName; network?: NetworkName };
};

const WIRE = { network: "sandbox" } as const;
const SYSTRAP = { platform: "systrap" } as const;

/** `host-settings=adjust` and `enforce` change the host, so that they can't be tried in passing. */
export const FLAG_FACTORS: readonly FlagFactor[] = [
  {
    name: "directfs",
    levels: [{ value: "false", tradeOff: "each file call goes through the gofer: one more barrier" }],
  },
  {
    name: "overlay2",
    levels: [
      { value: "none", tradeOff: "writes to a writable root reach the image" },
      { value: "all:memory", tradeOff: "writes to mounts stay in memory and are lost" },
    ],
  },
  {
    name: "file-access",
    levels: [{ value: "shared", tradeOff: "the host may change files of the root meanwhile" }],
  },
  {
    name: "file-access-mounts",
    levels: [{ value: "exclusive", tradeOff: "wrong where the host changes files of a mount meanwhile" }],
  },
  {
    name: "dcache",
    levels: [
      { value: "100", tradeOff: "fewer files of the host held open" },
      { value: "10000", tradeOff: "more files of the host held open" },
    ],
  },
  { name: "host-settings", levels: [{ value: "ignore", tradeOff: "no advice about the host's settings" }] },
  {
    name: "systrap-disable-fast-path",
    levels: [{ value: "true", tradeOff: "no spinning: less CPU time beside idle sandboxes" }],
    only: SYSTRAP,
  },
  {
    name: "systrap-disable-syscall-patching",
    levels: [{ value: "true", tradeOff: "runs programs that use the GS register or ptrace" }],
    only: SYSTRAP,
  },
  { name: "gso", levels: [{ value: "false", tradeOff: "none" }], only: WIRE },
  { name: "software-gso", levels: [{ value: "false", tradeOff: "none" }], only: WIRE },
  { name: "gvisor-gro", levels: [{ value: "true", tradeOff: "none" }], only: WIRE },
  { name: "qdisc", levels: [{ value: "none", tradeOff: "no queue between senders" }], only: WIRE },
  {
    name: "network-processors-per-channel",
    levels: [
      { value: "1", tradeOff: "none" },
      { value: "4", tradeOff: "none" },
    ],
    only: WIRE,
  },
  { name: "app-huge-pages", levels: [{ value: "false", tradeOff: "none" }] },
  {
    name: "cpu-num-from-quota",
    levels: [
      { value: "false", tradeOff: "the program sees all CPUs of the host" },
      { value: "true", tradeOff: "the program sees as many CPUs as its quota" },
    ],
  },
];
