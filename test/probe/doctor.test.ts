import { expect, test } from "vitest";
import { unavailable } from "../../src/probe/answer.ts";
import { doctorReport, runDoctor } from "../../src/probe/doctor.ts";
import type { HostProbe } from "../../src/probe/probe-host.ts";
import type { HostLoad } from "../../src/samples/launch-record.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";
import { AFTER, BEFORE, FAKE_PROBE, toolsBut, trial } from "./fake-probe.ts";

const REFUSED = unavailable("It is refused.", "Allow it.");

function findingsOf(change: Partial<HostProbe>, after: Partial<HostLoad> = {}) {
  return doctorReport({ ...FAKE_PROBE, ...change }, BEFORE, { ...AFTER, ...after }).findings;
}

function finding(id: string, change: Partial<HostProbe>, after: Partial<HostLoad> = {}) {
  return findingsOf(change, after).find((found) => found.id === id);
}

test("a good host has nothing but ok", () => {
  expect(findingsOf({}).filter(({ severity }) => severity !== "ok")).toEqual([]);
});

test("names what runs and what does not", () => {
  const platforms = { ...FAKE_PROBE.platforms, kvm: trial("kvm", REFUSED) };
  const report = doctorReport({ ...FAKE_PROBE, platforms }, BEFORE, AFTER);
  expect(report.runs).toEqual([
    "native",
    "unshare",
    "bwrap",
    "crun",
    "runc",
    "runsc/systrap",
    "runsc/ptrace",
  ]);
  expect(report.runsNot).toEqual(["runsc/kvm"]);
  expect(report.canRun).toBe(true);
});

test("native alone is not enough", () => {
  const platforms = {
    systrap: trial("systrap", REFUSED),
    ptrace: trial("ptrace", REFUSED),
    kvm: trial("kvm", REFUSED),
  };
  const sandboxes = {
    native: FAKE_PROBE.sandboxes.native,
    unshare: REFUSED,
    bwrap: REFUSED,
    crun: REFUSED,
    runc: REFUSED,
    runsc: REFUSED,
  };
  expect(doctorReport({ ...FAKE_PROBE, platforms, sandboxes }, BEFORE, AFTER).canRun).toBe(false);
});

test("an unavailable platform comes with reason and fix", () => {
  const platforms = { ...FAKE_PROBE.platforms, kvm: trial("kvm", REFUSED) };
  expect(finding("platform.kvm", { platforms })).toEqual({
    id: "platform.kvm",
    section: "Platforms of runsc",
    severity: "warning",
    what: "kvm can't run here",
    why: "It is refused.",
    fix: "Allow it.",
  });
});

test("without systrap runsc has a problem", () => {
  const platforms = { ...FAKE_PROBE.platforms, systrap: trial("systrap", REFUSED) };
  expect(finding("platform.systrap", { platforms })?.severity).toBe("problem");
});

test.each([
  ["runsc", "problem"],
  ["strace", "note"],
  ["ip", "warning"],
] as const)("a missing %s is a %s", (name, severity) => {
  expect(finding(`tools.${name}`, { tools: toolsBut(name) })).toMatchObject({
    severity,
    fix: `install ${name}`,
  });
});

test("without root it says what is left out", () => {
  expect(finding("privileges", { isRoot: false })).toMatchObject({ severity: "note" });
});

test("a cgroup controller that can't be written is named", () => {
  const { controllers } = FAKE_PROBE.cgroups;
  const cgroups = { ...FAKE_PROBE.cgroups, controllers: { ...controllers, pids: null } };
  expect(finding("cgroups", { cgroups })).toMatchObject({
    severity: "warning",
    what: "cgroups v2: no limit can be set on pids",
  });
});

test("a CPU quota on the bench itself is a warning", () => {
  const cgroups = { ...FAKE_PROBE.cgroups, quota: { cpus: 1.5, memoryBytes: null, pids: null } };
  expect(finding("quota.cpu", { cgroups })?.severity).toBe("warning");
});

test("a busy host is a warning", () => {
  expect(finding("noise.load", {}, { busyTicks: 100 })).toMatchObject({
    severity: "warning",
    what: "the host is busy: 25.0 % of the CPU time, load 0.10 on 8 CPUs",
  });
});

test("steal is a warning", () => {
  expect(finding("noise.steal", {}, { stealTicks: 40 })?.severity).toBe("warning");
});

test.each([
  ["cpu.governor", { "cpu.governor": "powersave" }, "warning"],
  ["cpu.governor", { "cpu.governor": "not visible" }, "note"],
  ["cpu.turbo", { "cpu.turbo": "on" }, "note"],
  ["clock", { "clock.source": "hpet" }, "warning"],
  ["memory.thp", { "memory.thpShmem": "never" }, "note"],
])("%s with %o is a %s", (id, settings, severity) => {
  expect(finding(id, { settings: { ...FAKE_PROBE.settings, ...settings } })?.severity).toBe(severity);
});

test("an emulated processor is a warning, whatever else it is", () => {
  const processor = { ...FAKE_PROBE.processor, emulated: true };
  expect(finding("cpu.emulated", { processor })?.why).toContain("never shown as performance");
});

test("this host gets a report", async () => {
  const runsc = fakeProgram("runsc", "echo runsc version 1");
  const report = await runDoctor({
    sandboxTrials: SANDBOX_TRIALS,
    trueBinary: null,
    kvmCapsBinary: null,
    env: { ...process.env, SBX_RUNSC: runsc, XDG_CACHE_HOME: temporaryFolder() },
  });
  expect(report.schema).toBe("sbx-bench/doctor@1");
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
