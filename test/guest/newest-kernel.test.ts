import { describe, expect, test } from "vitest";
import { kernels, useGuest, whyNoGuest } from "./use-guest.ts";
import { ALL_KERNELS_VARIABLE } from "./variables.ts";

const newest = kernels.at(-1);
const reason =
  whyNoGuest ??
  (kernels.length < 2
    ? "Debian has one kernel only"
    : process.env[ALL_KERNELS_VARIABLE] === undefined
      ? "takes a minute more: npm run test:kvm -- --all-kernels"
      : null);
const guest = useGuest({
  kernel: reason === null ? newest : undefined,
  cgroup: "v2",
  steps: ["facts", "smoke", "left"],
  limitMs: 600_000,
});

describe("the newest kernel of the release or its backports", () => {
  test("all that is started by a sandbox starts on it, with and without a veth pair", (context) => {
    if (reason !== null) return context.skip(reason);
    const { summary, code } = guest.current.run("smoke");
    const ran = summary.cells.filter(({ status }) => status !== "excluded");
    expect(
      ran.filter(({ status }) => status !== "measured").map(({ cell, reason }) => [cell, reason]),
    ).toEqual([]);
    expect(ran).toHaveLength(5 * 2);
    expect(summary.versions.kernel).toBe(newest?.release);
    expect(code).toBe(0);
  });

  test("nothing is left behind", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(guest.current.step("left")).toMatchObject({ left: [], kept: [] });
  });
});
