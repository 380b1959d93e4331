import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { unavailable } from "../../../src/probe/answer.ts";
import { doctorReport } from "../../../src/probe/doctor.ts";
import { doctorText } from "../../../src/report/doctor/terminal.ts";
import { AFTER, BEFORE, FAKE_PROBE, trial } from "../../probe/fake-probe.ts";

const KVM = unavailable(
  "/dev/kvm opens, but runsc hangs: killed after 10 s. A second sentence makes it longer than one line holds.",
  "Use systrap.",
);
const REPORT = doctorReport(
  { ...FAKE_PROBE, platforms: { ...FAKE_PROBE.platforms, kvm: trial("kvm", KVM) } },
  BEFORE,
  AFTER,
);

test("no line is wider than 80 columns", () => {
  const widths = doctorText(REPORT, false)
    .split("\n")
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
});

test("a finding shows severity, what, why and fix, one below the other", () => {
  expect(doctorText(REPORT, false)).toContain(
    [
      "  warning  kvm can't run here",
      "           why: /dev/kvm opens, but runsc hangs: killed after 10 s. A second",
      "                sentence makes it longer than one line holds.",
      "           fix: Use systrap.",
    ].join("\n"),
  );
});

test("opens with the host and what can run", () => {
  expect(doctorText(REPORT, false).split("\n").slice(0, 5)).toEqual([
    "Test CPU, 8 CPUs, 32 GiB, Debian GNU/Linux 12, kernel 6.1.0-40-amd64",
    "Fingerprint 0123456789ab",
    "",
    "Can run:    native, unshare, bwrap, crun, runc, runsc/systrap, runsc/ptrace",
    "Cannot run: runsc/kvm",
  ]);
});

test("closes with the verdict and the age of the trials", () => {
  const remembered = { ...REPORT, remembered: true };
  const closing = (text: string) => text.trimEnd().split("\n\n").at(-1)?.replace("\n", " ");
  expect(closing(doctorText(REPORT, false))).toBe(
    "Ready. 0 problems, 1 warning. The trials were made just now.",
  );
  expect(closing(doctorText(remembered, false))).toBe(
    "Ready. 0 problems, 1 warning. The trials are from 2026-09-01 12:34 UTC; --fresh makes them again.",
  );
});

test("colours change nothing but colours", () => {
  const colored = doctorText(REPORT, true);
  expect(colored).not.toBe(doctorText(REPORT, false));
  expect(stripVTControlCharacters(colored)).toBe(doctorText(REPORT, false));
});
