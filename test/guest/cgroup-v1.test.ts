import { describe, expect, test } from "vitest";
import { testLimits } from "./limits.ts";
import { kernels, useGuest, whyNoGuest } from "./use-guest.ts";

const reason = whyNoGuest;
const guest = useGuest({ kernel: kernels[0], cgroup: "v1", suite: "smoke", limitMs: 240_000 });

describe("on a host with cgroups of version 1 alone", () => {
  test("native, unshare, runc, runsc on systrap, ptrace and kvm start", (context) => {
    if (reason !== null) return context.skip(reason);
    const { summary, code } = guest.current.run("smoke");
    const ran = summary.cells.filter(({ status }) => status !== "excluded");
    expect(
      ran.filter(({ status }) => status !== "measured").map(({ cell, reason }) => [cell, reason]),
    ).toEqual([]);
    expect(ran).toHaveLength(1 + 5 * 2);
    expect(summary.host.fields["cgroup.version"]).toBe("v1");
    expect(code).toBe(0);
  });

  test("nothing is left behind", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(guest.current.step("left")).toMatchObject({ left: [], kept: [] });
  });
});

testLimits(guest, reason);
