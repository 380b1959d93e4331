import { expect, test } from "vitest";
import { readMitigations, readProcessor, readProcessorSettings } from "../../src/probe/processor.ts";
import { fakeHost } from "./fake-host.ts";

const CLOCKS = "sys/devices/system/clocksource/clocksource0";

function cpuinfo(model: string, flags: string): string {
  const cpu = (index: number) =>
    [
      `processor\t: ${index}`,
      "cpu family\t: 25",
      "model\t\t: 17",
      `model name\t: ${model}`,
      "stepping\t: 1",
      "microcode\t: 0xa101144",
      `cpu MHz\t\t: ${2000 + index * 1000}`,
      `flags\t\t: fpu ${flags}`,
    ].join("\n");
  return `${cpu(0)}\n\n${cpu(1)}\n`;
}

test("reads the processor's identity", () => {
  const root = fakeHost({ "proc/cpuinfo": cpuinfo("AMD EPYC 9354", "constant_tsc nonstop_tsc") });
  expect(readProcessor(root)).toEqual({
    model: "AMD EPYC 9354",
    signature: "25/17/1",
    microcode: "0xa101144",
    logicalCpus: 2,
    constantTsc: true,
    virtualised: false,
    hypervisor: null,
    emulated: false,
    frequencyMhz: 2500,
  });
});

test("a time-stamp counter that stops in sleep states is not constant", () => {
  const root = fakeHost({ "proc/cpuinfo": cpuinfo("Intel Core 2", "constant_tsc") });
  expect(readProcessor(root).constantTsc).toBe(false);
});

test.each([
  ["tsc kvm-clock", "KVM"],
  ["tsc hyperv_clocksource_tsc_page acpi_pm", "Hyper-V"],
  ["xen tsc", "Xen"],
])("the clock sources %s mean %s", (clocks, hypervisor) => {
  const root = fakeHost({
    "proc/cpuinfo": cpuinfo("AMD EPYC", "hypervisor"),
    [`${CLOCKS}/available_clocksource`]: clocks,
  });
  expect(readProcessor(root).hypervisor).toBe(hypervisor);
});

test("an unknown hypervisor is called by the machine's name", () => {
  const root = fakeHost({
    "proc/cpuinfo": cpuinfo("AMD EPYC", "hypervisor"),
    "sys/class/dmi/id/sys_vendor": "innotek GmbH\n",
    "sys/class/dmi/id/product_name": "VirtualBox\n",
  });
  expect(readProcessor(root).hypervisor).toBe("innotek GmbH VirtualBox");
});

test("QEMU TCG is an emulated processor", () => {
  const root = fakeHost({ "proc/cpuinfo": cpuinfo("QEMU TCG CPU version 2.5+", "hypervisor") });
  expect(readProcessor(root).emulated).toBe(true);
});

test("a borrowed model name does not hide QEMU TCG", () => {
  const machine = {
    "proc/cpuinfo": cpuinfo("AMD EPYC-Rome Processor", "hypervisor"),
    "sys/class/dmi/id/sys_vendor": "QEMU\n",
  };
  const emulated = fakeHost({ ...machine, [`${CLOCKS}/available_clocksource`]: "tsc hpet acpi_pm" });
  const accelerated = fakeHost({ ...machine, [`${CLOCKS}/available_clocksource`]: "kvm-clock tsc acpi_pm" });
  expect(readProcessor(emulated).emulated).toBe(true);
  expect(readProcessor(accelerated).emulated).toBe(false);
});

test("reads the settings that move results", () => {
  const root = fakeHost({
    "sys/devices/system/cpu/cpufreq/policy0/scaling_governor": "schedutil\n",
    "sys/devices/system/cpu/cpufreq/policy1/scaling_governor": "schedutil\n",
    "sys/devices/system/cpu/cpufreq/boost": "1\n",
    "sys/devices/system/cpu/smt/control": "on\n",
    [`${CLOCKS}/current_clocksource`]: "tsc\n",
    "sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
    "sys/kernel/mm/transparent_hugepage/shmem_enabled": "always within_size advise [never] deny force\n",
  });
  expect(readProcessorSettings(root)).toEqual({
    "cpu.governor": "schedutil",
    "cpu.turbo": "on",
    "cpu.smt": "on",
    "clock.source": "tsc",
    "memory.thp": "madvise",
    "memory.thpShmem": "never",
  });
});

test("intel_pstate's no_turbo is turned round", () => {
  const root = fakeHost({ "sys/devices/system/cpu/intel_pstate/no_turbo": "1\n" });
  expect(readProcessorSettings(root)["cpu.turbo"]).toBe("off");
});

test("what a VM does not show is said to be not visible", () => {
  expect(new Set(Object.values(readProcessorSettings(fakeHost({}))))).toEqual(new Set(["not visible"]));
});

test("lists only the vulnerabilities that the processor has", () => {
  const folder = "sys/devices/system/cpu/vulnerabilities";
  const root = fakeHost({
    [`${folder}/meltdown`]: "Not affected\n",
    [`${folder}/spectre_v2`]: "Mitigation: Retpolines\n",
  });
  expect(readMitigations(root)).toEqual({ spectre_v2: "Mitigation: Retpolines" });
});
