import { describe, expect, test } from "vitest";
import type { SbxError } from "../../src/base/errors.ts";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { type Availability, buildPlan } from "../../src/plan/build-plan.ts";
import type { Cell } from "../../src/plan/cell.ts";

const everything: Availability = () => null;

function plan(config: BenchConfig, globs: string[] = [], availability = everything): Cell[] {
  return buildPlan(resolveConfig(config, {}, "bench.config.ts", "/project"), availability, globs);
}

function refusal(config: BenchConfig, globs: string[]): SbxError {
  try {
    plan(config, globs);
  } catch (error) {
    return error as SbxError;
  }
  return expect.unreachable();
}

const reasonOf = (cells: Cell[], id: string) => cells.find((cell) => cell.id === id)?.reason;

/** Every combination of the axes; only runsc has platforms. */
function product({ sandbox, platform, network, seccomp }: typeof MATRIX) {
  const sandboxes = sandbox.length - 1 + platform.length;
  return sandboxes * network.length * seccomp.length;
}

const MATRIX = {
  sandbox: ["native", "unshare", "runc", "runsc"],
  platform: ["systrap", "ptrace", "kvm"],
  network: ["none", "host", "sandbox"],
  seccomp: ["none", "default", "generated"],
} satisfies BenchConfig["matrix"];

describe("nothing vanishes", () => {
  const scenarios = ["startup", "syscalls", "files"];

  test.each([
    ["the plain matrix", {}, everything],
    ["a preset that leaves out", { preset: "quick" as const }, everything],
    ["an exclusion", { exclude: ["*::files"] }, everything],
    ["an include", { include: ["native/*"] }, everything],
    [
      "a host without kvm",
      {},
      (config: { platform: string | null }) => (config.platform === "kvm" ? "no /dev/kvm" : null),
    ],
  ])("%s: planned, excluded and unavailable cells are the product of the axes", (_, more, availability) => {
    const cells = plan({ matrix: MATRIX, scenarios, ...more }, [], availability);
    expect(cells).toHaveLength(product(MATRIX) * scenarios.length);
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length);
  });

  test("a cell has a reason if and only if it does not run", () => {
    for (const cell of plan({ matrix: MATRIX, preset: "quick" })) {
      expect(cell.reason === null).toBe(cell.status === "planned");
    }
  });
});

describe("combinations that make no sense", () => {
  const cells = plan({
    matrix: { ...MATRIX, seccomp: ["none", "default", "default+tree"] },
    scenarios: ["startup"],
  });

  test("native has the host's network and no filter only", () => {
    expect(reasonOf(cells, "native/net=host/seccomp=none::startup")).toBeNull();
    expect(reasonOf(cells, "native/net=none/seccomp=none::startup")).toMatch(/only the host's network/);
    expect(reasonOf(cells, "native/net=host/seccomp=default::startup")).toMatch(/without a filter/);
  });

  test("only this tool's launcher can build a filter as a tree", () => {
    expect(reasonOf(cells, "unshare/net=none/seccomp=default+tree::startup")).toBeNull();
    expect(reasonOf(cells, "runc/net=none/seccomp=default+tree::startup")).toMatch(/\+tree/);
  });

  test("only runsc is crossed with the platforms", () => {
    expect(
      cells.filter((cell) => cell.config.platform !== null).every((cell) => cell.id.startsWith("runsc/")),
    ).toBe(true);
  });
});

describe("include and exclude", () => {
  const config: BenchConfig = { matrix: MATRIX, scenarios: ["startup", "syscalls"] };
  const planned = (more: BenchConfig, globs: string[] = []) =>
    plan({ ...config, ...more }, globs)
      .filter((cell) => cell.status === "planned")
      .map((cell) => cell.id);

  test("an exclusion's own reason is the cell's", () => {
    const cells = plan({ ...config, exclude: [{ cells: "runc/*", reason: "not used here" }] });
    expect(reasonOf(cells, "runc/net=none/seccomp=none::startup")).toBe("not used here");
  });

  test("an exclusion spares what it excepts", () => {
    const exclude = [{ cells: "*", except: ["native/*::startup", "*/syscalls"], reason: "not needed" }];
    const cells = buildPlan(
      { ...resolveConfig(config, {}, "bench.config.ts", "/project"), exclude },
      everything,
    );
    expect(cells.filter(({ status }) => status === "planned").map(({ id }) => id)).toEqual([
      "native/net=host/seccomp=none::startup",
    ]);
  });

  test("include keeps what matches any of its globs", () => {
    expect(planned({ include: ["native/*::startup", "runc/net=none/seccomp=none::startup"] })).toEqual([
      "native/net=host/seccomp=none::startup",
      "runc/net=none/seccomp=none::startup",
    ]);
  });

  test("--cells keeps what include keeps, too", () => {
    expect(planned({ include: ["native/*"] }, ["*::startup"])).toEqual([
      "native/net=host/seccomp=none::startup",
    ]);
  });

  test("exclude wins over include", () => {
    expect(planned({ include: ["native/*"], exclude: ["*::startup"] })).toEqual([
      "native/net=host/seccomp=none::syscalls",
    ]);
  });

  test("what the host can't run is unavailable only where it was asked for", () => {
    const cells = plan(config, ["runsc/kvm/*::startup"], (one) =>
      one.sandbox === "native" ? null : "no kvm",
    );
    expect(
      cells.filter((cell) => cell.status === "unavailable").every((cell) => cell.reason === "no kvm"),
    ).toBe(true);
    expect(reasonOf(cells, "runc/net=none/seccomp=none::startup")).toBe("not among the cells asked for");
  });

  test("the host is asked once a configuration, not once a cell", () => {
    let asked = 0;
    const cells = plan(config, [], () => {
      asked += 1;
      return null;
    });
    expect(asked).toBeLessThanOrEqual(cells.length / 2);
  });

  test("the nearest is found part by part, around the wildcards", () => {
    expect(refusal(config, ["*/systrapp/*::startpu"]).why).toContain('Did you mean "*/systrap/*::startup"?');
    expect(refusal(config, ["docker/*"]).why).not.toContain("Did you mean");
  });

  test("a glob that matches nothing is an error with the nearest id and the form of ids", () => {
    const error = refusal(config, ["runcs/net=none/seccomp=none::startup"]);
    expect(error.what).toBe("No cell matches runcs/net=none/seccomp=none::startup");
    expect(error.why).toContain('Did you mean "runc/net=none/seccomp=none::startup"?');
    expect(error.fix).toContain("native/net=host/seccomp=none::startup");
    expect(error.exitCode).toBe(2);
  });
});

test("100,000 cells can be planned", () => {
  const seccomp = Array.from({ length: 1000 }, (_, number) => `/profiles/${number}.json`);
  const scenarios = Array.from({ length: 6 }, (_, number) => ({ use: "files", as: `files-${number}` }));
  const cells = plan({ matrix: { ...MATRIX, seccomp }, scenarios });
  expect(cells.length).toBeGreaterThanOrEqual(100_000);
  expect(cells.at(-1)?.status).toBe("planned");
});

test("native joins by itself where the networks or filters that were named would leave it out", () => {
  const cells = plan({ matrix: { sandbox: ["native", "unshare"], network: ["none"], seccomp: ["default"] } });
  const planned = new Set(
    cells.filter(({ status }) => status === "planned").map(({ id }) => id.split("::")[0]),
  );
  expect([...planned]).toEqual(["native/net=host/seccomp=none", "unshare/net=none/seccomp=default"]);
});
