import { describe, expect, test } from "vitest";
import { LIMIT_STEPS, testLimits } from "./limits.ts";
import { kernels, useGuest, whyNoGuest } from "./use-guest.ts";

const reason = whyNoGuest;
const guest = useGuest({
  kernel: kernels[0],
  cgroup: "v1",
  steps: ["facts", ...LIMIT_STEPS, "left"],
  limitMs: 3_000_000,
});

describe("on a host with cgroups of version 1 alone", () => {
  test("unshare, runc, runsc on systrap and kvm run, and the host is seen as it is", (context) => {
    if (reason !== null) return context.skip(reason);
    const { summary, code } = guest.current.run("limits-roomy");
    expect(summary.host.fields["cgroup.version"]).toBe("v1");
    const sandboxed = summary.cells.filter(({ config }) => config.sandbox !== "native");
    expect(sandboxed.map(({ status }) => status)).toEqual(["measured", "measured", "measured", "measured"]);
    expect(code).toBe(0);
  });

  test("nothing is left behind", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(guest.current.step("left")).toMatchObject({ left: [], kept: [] });
  });
});

testLimits(guest, reason);
