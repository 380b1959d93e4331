/** What /dev/kvm promises, and what a failed trial of runsc's kvm platform means. */
import { accessSync, constants, existsSync } from "node:fs";
import { execa } from "execa";
import { lastLine, type ProbeAnswer, unavailable } from "./answer.ts";
import type { ContainedOutcome } from "./contained.ts";

export type KvmCaps = {
  device: "absent" | "denied" | "ok";
  /** 1 GiB pages in KVM_GET_SUPPORTED_CPUID; `null` where nobody could ask. */
  gbPages: boolean | null;
};

const DEVICE = "/dev/kvm";
const NEEDS_KVM =
  "kvm needs bare metal, or a VM with hardware nested virtualisation whose KVM offers 1 GiB pages.";

/**
 * The cheap question before the trial.
 *
 * @param capsBinary the helper `sbx-kvm-caps`; `null` = only whether the device can be opened
 */
export async function readKvmCaps(capsBinary: string | null): Promise<KvmCaps> {
  if (capsBinary !== null) {
    const { stdout } = await execa(capsBinary, {
      timeout: 5000,
      killSignal: "SIGKILL",
      stdin: "ignore",
      reject: false,
    });
    const said = parseCaps(stdout ?? "");
    if (said !== null) return said;
  }
  if (!existsSync(DEVICE)) return { device: "absent", gbPages: null };
  try {
    accessSync(DEVICE, constants.R_OK | constants.W_OK);
    return { device: "ok", gbPages: null };
  } catch {
    return { device: "denied", gbPages: null };
  }
}

function parseCaps(text: string): KvmCaps | null {
  try {
    const { device, gbpages } = JSON.parse(text) as { device?: unknown; gbpages?: unknown };
    if (device !== "absent" && device !== "denied" && device !== "ok") return null;
    return { device, gbPages: typeof gbpages === "boolean" ? gbpages : null };
  } catch {
    return null;
  }
}

/** A sentence when the device rules the platform out without a trial; null where only a trial can tell. */
export function withoutTrial(caps: KvmCaps): ProbeAnswer | null {
  switch (caps.device) {
    case "absent":
      return unavailable(
        `There is no ${DEVICE}.`,
        `${NEEDS_KVM} Where it is one: modprobe kvm_amd or kvm_intel`,
      );
    case "denied":
      return unavailable(
        `${DEVICE} is there, but this user may not open it.`,
        "Join the group kvm and log in again: usermod -aG kvm $USER",
      );
    case "ok":
      return null;
  }
}

/**
 * Why `runsc --platform=kvm` did not run a program that only exits. A hang takes two sentences: first what the
 * cheap question had told, then what the trial saw.
 */
export function explainKvmFailure(caps: KvmCaps, outcome: ContainedOutcome): ProbeAnswer {
  if (!outcome.timedOut) return unavailable(`runsc failed: ${lastLine(outcome.stderr)}`, NEEDS_KVM);
  const seconds = Math.round(outcome.elapsedMs / 1000);
  const spun = (outcome.cpuSecondsAtKill ?? 0) > seconds / 2;
  const trial = `${DEVICE} and was killed after ${seconds} s${spun ? ", all of it spinning on a CPU" : ""}`;
  return unavailable(hangReason(caps.gbPages, trial), `Use systrap. ${NEEDS_KVM}`);
}

function hangReason(gbPages: boolean | null, trial: string): string {
  switch (gbPages) {
    case false:
      return `This KVM offers no 1 GiB pages (KVM_GET_SUPPORTED_CPUID), and gVisor's kernel maps them without asking: its first memory access faults for ever inside KVM_RUN. The trial bears it out: runsc opened ${trial}.`;
    case true:
      return `runsc opened ${trial}. This KVM offers 1 GiB pages, so it is not the known hang on a KVM without them.`;
    case null:
      return `runsc opened ${trial}. A KVM that offers no 1 GiB pages hangs just so; whether this one does was not asked (sbx-kvm-caps is not built).`;
  }
}
