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

/** Why `runsc --platform=kvm` did not run a program that only exits. */
export function explainKvmFailure(caps: KvmCaps, outcome: ContainedOutcome): ProbeAnswer {
  if (caps.device === "absent") {
    return unavailable(
      `There is no ${DEVICE}.`,
      `${NEEDS_KVM} Where it is one: modprobe kvm_amd or kvm_intel`,
    );
  }
  if (caps.device === "denied") {
    return unavailable(
      `${DEVICE} is there, but this user may not open it.`,
      "Join the group kvm and log in again: usermod -aG kvm $USER",
    );
  }
  if (!outcome.timedOut) return unavailable(`runsc failed: ${lastLine(outcome.stderr)}`, NEEDS_KVM);

  const seconds = Math.round(outcome.elapsedMs / 1000);
  const spun = (outcome.cpuSecondsAtKill ?? 0) > seconds / 2;
  const hang = `${DEVICE} opens, but runsc hangs: killed after ${seconds} s${spun ? ", all of it spinning on a CPU" : ""}.`;
  const pages =
    caps.gbPages === true
      ? "This KVM offers 1 GiB pages, so it is not the known hang on a KVM without them."
      : `gVisor's kernel maps 1 GiB pages without asking for them, and ${
          caps.gbPages === false
            ? "this KVM offers none (KVM_GET_SUPPORTED_CPUID)"
            : "a KVM that offers none (not asked here: sbx-kvm-caps is not built) hangs just so"
        }: its first memory access faults for ever inside KVM_RUN.`;
  return unavailable(`${hang} ${pages}`, `Use systrap. ${NEEDS_KVM}`);
}
