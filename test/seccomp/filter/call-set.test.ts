import { expect, test } from "vitest";
import { callSet } from "../../../src/seccomp/filter/call-set.ts";
import { site, staticCalls } from "../made-calls.ts";

const made = (parts: Partial<Parameters<typeof callSet>[0]> = {}) =>
  callSet({ static: staticCalls(), observed: null, libc: [], launchers: [], ...parts });

const labelsOf = (set: ReturnType<typeof callSet>, name: string) =>
  set.calls.find((call) => call.name === name)?.labels;

test("a call of the program's code and one of Go's runtime have different labels", () => {
  expect(labelsOf(made(), "write")).toEqual(["static"]);
  expect(labelsOf(made(), "futex")).toEqual(["runtime"]);
});

test("a call that a run made is observed beside what the code says, and in the set without it, too", () => {
  const set = made({ observed: ["write", "socket"] });
  expect(labelsOf(set, "write")).toEqual(["static", "observed"]);
  expect(labelsOf(set, "socket")).toEqual(["observed"]);
});

test("the launcher's and the kernel's own calls are in every set that is started", () => {
  const set = made({ launchers: ["runc"] });
  expect(labelsOf(set, "getdents64")).toEqual(["launcher"]);
  expect(labelsOf(set, "restart_syscall")).toEqual(["kernel-injected"]);
  expect(labelsOf(made({ launchers: ["crun"] }), "getdents64")).toBeUndefined();
});

test("calls are sorted by name, whatever the order of their sources", () => {
  const names = made({ observed: ["write", "accept4", "bind"] }).calls.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
});

test("the way from main comes before one from an initialiser", () => {
  const sites = [
    site({ root: "init", path: ["a.init"] }),
    site({ root: "main", path: ["main.main", "b.f", "c.g"] }),
  ];
  expect(
    made({ static: staticCalls({ calls: [{ number: 1, sites }] }) }).calls.find(
      ({ name }) => name === "write",
    )?.sites[0]?.root,
  ).toBe("main");
});

test("a computed number is a warning that names its function", () => {
  const unresolved = [{ function: "main.computed", address: 1, reason: "its number is computed" }];
  expect(made({ static: staticCalls({ unresolved }) }).warnings.join()).toContain("main.computed");
});

test("a program that can start others is a warning: they inherit the filter", () => {
  const calls = [{ number: 59, sites: [site({ function: "syscall.Exec" })] }];
  expect(made({ static: staticCalls({ calls }) }).warnings.join()).toContain("inherit the filter");
  expect(made({ launchers: ["crun"] }).warnings).toEqual([]);
});

test("the loader of a program without libraries runs C code, too", () => {
  expect(made({ static: staticCalls({ hasLoader: true }) }).warnings.join()).toContain("C code");
});

test("C libraries are a warning: their code is not read", () => {
  expect(made({ static: staticCalls({ libraries: ["libc.so.6"] }) }).warnings.join()).toContain("libc.so.6");
});
