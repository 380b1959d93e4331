import { expect, test } from "vitest";
import type { ContainedOutcome } from "../../src/probe/contained.ts";
import { explainKvmFailure, readKvmCaps, withoutTrial } from "../../src/probe/kvm.ts";
import { fakeProgram } from "./fake-host.ts";

const HANG: ContainedOutcome = {
  exitCode: 1,
  killedBy: null,
  timedOut: true,
  elapsedMs: 10_030,
  stdout: "",
  stderr: "",
  cpuSecondsAtKill: 9.9,
  leftOver: 0,
};

test("takes over what the helper says", async () => {
  const helper = fakeProgram("sbx-kvm-caps", `echo '{"device":"ok","apiVersion":12,"gbpages":false}'`);
  expect(await readKvmCaps(helper)).toEqual({ device: "ok", gbPages: false });
});

test.each(["echo nonsense", "exit 1", `echo '{"device":"?"}'`])(
  "a helper that fails (%s) leaves only what the device file tells",
  async (script) => {
    expect((await readKvmCaps(fakeProgram("sbx-kvm-caps", script))).gbPages).toBeNull();
  },
);

test("a hang without 1 GiB pages takes two sentences: the cheap question's answer, then the trial's", () => {
  const { reason, fix } = explainKvmFailure({ device: "ok", gbPages: false }, HANG);
  expect(reason).toBe(
    "This KVM offers no 1 GiB pages (KVM_GET_SUPPORTED_CPUID), and gVisor's kernel maps them without asking: " +
      "its first memory access faults for ever inside KVM_RUN. " +
      "The trial bears it out: runsc opened /dev/kvm and was killed after 10 s, all of it spinning on a CPU.",
  );
  expect(fix).toContain("Use systrap.");
});

test("a hang in spite of 1 GiB pages is not blamed on them", () => {
  const { reason } = explainKvmFailure({ device: "ok", gbPages: true }, { ...HANG, cpuSecondsAtKill: 0 });
  expect(reason).toContain("This KVM offers 1 GiB pages");
  expect(reason).not.toContain("spinning");
});

test("where nobody could ask for 1 GiB pages that is said", () => {
  expect(explainKvmFailure({ device: "ok", gbPages: null }, HANG).reason).toContain("was not asked");
});

test("no device, and no right to open it, are told apart without a trial", () => {
  expect(withoutTrial({ device: "absent", gbPages: null })?.reason).toBe("There is no /dev/kvm.");
  expect(withoutTrial({ device: "denied", gbPages: null })?.fix).toContain("usermod -aG kvm");
  expect(withoutTrial({ device: "ok", gbPages: false })).toBeNull();
});

test("any other failure is told in runsc's words", () => {
  const failed = { ...HANG, timedOut: false, stderr: "a\nrunning container: creating VM: no space left" };
  expect(explainKvmFailure({ device: "ok", gbPages: true }, failed).reason).toBe(
    "runsc failed: running container: creating VM: no space left",
  );
});
