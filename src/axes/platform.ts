/** The axis `platform`: how gVisor intercepts system calls. Pure. */
import { z } from "zod";
import type { Axis } from "./axis.ts";

export const PLATFORMS = ["systrap", "ptrace", "kvm"] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** Most usual first: the default of runsc, then what people switch to, then what is no longer supported. */
export const PLATFORMS_BY_USE: readonly PlatformName[] = ["systrap", "kvm", "ptrace"];

const DOCS = "gvisor.dev/docs/user_guide/platforms";
const NEEDS: Record<PlatformName, string | null> = {
  systrap: null,
  ptrace: "ptrace allowed (kernel.yama.ptrace_scope, CAP_SYS_PTRACE)",
  kvm: `/dev/kvm, and a processor that virtualises; inside a virtual machine that is nested, which gVisor advises against (${DOCS})`,
};

export const platformSchema = z.array(z.enum(PLATFORMS)).min(1).optional().describe("only runsc has one");

export const platformAxis: Axis = {
  key: "platform",
  option: { argument: "<names>", text: `platforms of runsc: ${PLATFORMS.join(", ")}` },
  idPart: ({ platform }) => platform,
  isOf: ({ platforms }) => platforms.length > 0,
  values: ({ platform }) => platform.map((name) => ({ platform: name })),
  absent: { platform: null },
  compare: (a, b) => place(a.platform) - place(b.platform),
  others: (config) =>
    config.platform === null ? [] : PLATFORMS.map((platform) => ({ ...config, platform })),
  price: (_, to) =>
    to.platform === "ptrace"
      ? [
          {
            kind: "support",
            text: "gVisor replaced ptrace by systrap, no longer supports it and means to remove it",
            source: DOCS,
          },
        ]
      : [],
  need: (_, { platform }) => (platform === null ? null : NEEDS[platform]),
};

function place(platform: PlatformName | null): number {
  return platform === null ? -1 : PLATFORMS.indexOf(platform);
}
