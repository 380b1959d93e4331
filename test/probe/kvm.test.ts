import { expect, test } from "vitest";
import type { ContainedOutcome } from "../../src/probe/contained.ts";
import { explainKvmFailure, readKvmCaps } from "../../src/probe/kvm.ts";
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

test("a hang without 1 GiB pages is explained by them", () => {
  const { reason, fix } = explainKvmFailure({ device: "ok", gbPages: false }, HANG);
  expect(reason).toBe(
    "/dev/kvm opens, but runsc hangs: killed after 10 s, all of it spinning on a CPU. " +
      "gVisor's kernel maps 1 GiB pages without asking for them, and this KVM offers none " +
      "(KVM_GET_SUPPORTED_CPUID): its first memory access faults for ever inside KVM_RUN.",
  );
  expect(fix).toContain("Use systrap.");
});

test("a hang in spite of 1 GiB pages is not blamed on them", () => {
  const { reason } = explainKvmFailure({ device: "ok", gbPages: true }, { ...HANG, cpuSecondsAtKill: 0 });
  expect(reason).toContain("This KVM offers 1 GiB pages");
  expect(reason).not.toContain("spinning");
});

test("no device, and no right to open it, are told apart", () => {
  const failed = { ...HANG, timedOut: false };
  expect(explainKvmFailure({ device: "absent", gbPages: null }, failed).reason).toBe("There is no /dev/kvm.");
  expect(explainKvmFailure({ device: "denied", gbPages: null }, failed).fix).toContain("usermod -aG kvm");
});

test("any other failure is told in runsc's words", () => {
  const failed = { ...HANG, timedOut: false, stderr: "a\nrunning container: creating VM: no space left" };
  expect(explainKvmFailure({ device: "ok", gbPages: true }, failed).reason).toBe(
    "runsc failed: running container: creating VM: no space left",
  );
});
