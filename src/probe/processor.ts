/** The processor, its virtualisation and its settings, from /proc and /sys. */
import { chosenValue, listHostFolder, readHostFile } from "./host-files.ts";

export type Processor = {
  model: string;
  /** "25/1/1": family, model, stepping. */
  signature: string;
  microcode: string | null;
  logicalCpus: number;
  /** The time-stamp counter ticks at one rate and never stops; only then can it serve as a clock. */
  constantTsc: boolean;
  /** The CPU says that a hypervisor runs below. */
  virtualised: boolean;
  /** "KVM", "Xen", "Hyper-V", or the machine's name in DMI; `null` where nothing tells. */
  hypervisor: string | null;
  /** Instructions are translated in software (QEMU TCG): its times are no performance. */
  emulated: boolean;
  /** Mean of the CPUs' current frequency; `null` where the host does not say. */
  frequencyMhz: number | null;
};

export function readProcessor(root = "/"): Processor {
  const cpuinfo = readHostFile(root, "proc/cpuinfo") ?? "";
  const first = fieldsOf(cpuinfo.split(/\n\s*\n/, 1)[0] ?? "");
  const flags = new Set((first.get("flags") ?? "").split(" "));
  const virtualised = flags.has("hypervisor");
  const model = first.get("model name") ?? "unknown";
  const frequencies = [...cpuinfo.matchAll(/^cpu MHz\s*: ([\d.]+)/gm)].map((match) => Number(match[1]));
  const clocks =
    readHostFile(root, "sys/devices/system/clocksource/clocksource0/available_clocksource") ?? "";
  const machine = `${readHostFile(root, "sys/class/dmi/id/sys_vendor") ?? ""} ${
    readHostFile(root, "sys/class/dmi/id/product_name") ?? ""
  }`.trim();
  return {
    model,
    signature: ["cpu family", "model", "stepping"].map((name) => first.get(name) ?? "?").join("/"),
    microcode: first.get("microcode") ?? null,
    logicalCpus: [...cpuinfo.matchAll(/^processor\s*:/gm)].length,
    constantTsc: flags.has("constant_tsc") && flags.has("nonstop_tsc"),
    virtualised,
    hypervisor: virtualised ? hypervisorName(root, clocks, machine) : null,
    emulated: isEmulated(model, virtualised, clocks, machine),
    frequencyMhz:
      frequencies.length > 0 ? frequencies.reduce((sum, mhz) => sum + mhz, 0) / frequencies.length : null,
  };
}

function fieldsOf(text: string): Map<string, string> {
  return new Map(
    text.split("\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
    }),
  );
}

/** The clock sources a guest is offered name its hypervisor, and every user may read them. */
function hypervisorName(root: string, clocks: string, machine: string): string | null {
  const type = readHostFile(root, "sys/hypervisor/type");
  if (type === "xen" || /\bxen\b/.test(clocks)) return "Xen";
  if (clocks.includes("kvm-clock")) return "KVM";
  if (clocks.includes("hyperv")) return "Hyper-V";
  return machine === "" ? null : machine;
}

/**
 * `-cpu max` names itself "QEMU TCG CPU"; any other model under TCG gives itself away as a QEMU machine
 * without the paravirtual clock that QEMU offers under KVM.
 */
function isEmulated(model: string, virtualised: boolean, clocks: string, machine: string): boolean {
  if (/QEMU TCG/i.test(model)) return true;
  return virtualised && /^QEMU\b/i.test(machine) && !/kvm-clock|hyperv|xen/.test(clocks);
}

/** Settings of the kernel and the processor that move results. "not visible" is what a VM usually answers. */
export function readProcessorSettings(root = "/"): Record<string, string> {
  const visible = (text: string | null) => text ?? "not visible";
  const cpufreq = "sys/devices/system/cpu/cpufreq";
  const governors = new Set(
    listHostFolder(root, cpufreq).flatMap(
      (policy) => readHostFile(root, `${cpufreq}/${policy}/scaling_governor`) ?? [],
    ),
  );
  return {
    "cpu.governor": visible([...governors].join(", ") || null),
    "cpu.turbo": turbo(root),
    "cpu.smt": visible(readHostFile(root, "sys/devices/system/cpu/smt/control")),
    "clock.source": visible(
      readHostFile(root, "sys/devices/system/clocksource/clocksource0/current_clocksource"),
    ),
    "memory.thp": hugePages(root),
    "memory.thpShmem": visible(
      chosenValue(readHostFile(root, "sys/kernel/mm/transparent_hugepage/shmem_enabled")),
    ),
  };
}

/** A process may have them switched off for itself and its children (PR_SET_THP_DISABLE), whatever the kernel's setting. */
function hugePages(root: string): string {
  const setting = chosenValue(readHostFile(root, "sys/kernel/mm/transparent_hugepage/enabled"));
  const isOff = /^THP_enabled:\s*0/m.test(readHostFile(root, "proc/self/status") ?? "");
  return isOff ? `${setting ?? "not visible"} (off for this process)` : (setting ?? "not visible");
}

/** intel_pstate says `no_turbo`; the other drivers say `boost`. */
function turbo(root: string): string {
  const noTurbo = readHostFile(root, "sys/devices/system/cpu/intel_pstate/no_turbo");
  if (noTurbo !== null) return noTurbo === "1" ? "off" : "on";
  const boost = readHostFile(root, "sys/devices/system/cpu/cpufreq/boost");
  if (boost !== null) return boost === "1" ? "on" : "off";
  return "not visible";
}

/** What the kernel does against each vulnerability that the processor has; the others cost nothing. */
export function readMitigations(root = "/"): Record<string, string> {
  const folder = "sys/devices/system/cpu/vulnerabilities";
  return Object.fromEntries(
    listHostFolder(root, folder)
      .map((name) => [name, readHostFile(root, `${folder}/${name}`) ?? "not readable"] as const)
      .filter(([, state]) => state !== "Not affected"),
  );
}
