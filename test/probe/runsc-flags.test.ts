import { expect, test } from "vitest";
import { askRunscFlags, flagName, parseFlagHelp } from "../../src/probe/runsc-flags.ts";
import { fakeProgram } from "./fake-host.ts";

const HELP = `  -cpu-num-from-quota
    	set cpu number to cpu quota (default true)
  -dcache int
    	Set the global dentry cache size. (default -1)
  -gvisor-gro
    	enable gVisor generic receive offload
  -h	equivalent to the 'help' flag
  -host-settings value
    	how to handle settings: check (default, advisory-only), ignore, or enforce.
  -lisafs
    	DEPRECATED: this flag has no effect. (default true)
  -overlay2 value
    	wrap mounts with overlayfs. Format is
    	* 'none' to turn overlay mode off
    	 (default root:self)
  -traceback string
    	golang runtime's traceback level (default "system")
`;

test("each flag comes with its default; that of a boolean without one is false", () => {
  expect(parseFlagHelp(HELP)).toEqual([
    { name: "cpu-num-from-quota", default: "true" },
    { name: "dcache", default: "-1" },
    { name: "gvisor-gro", default: "false" },
    { name: "h", default: "false" },
    { name: "host-settings", default: null },
    { name: "lisafs", default: "true", dead: true },
    { name: "overlay2", default: "root:self" },
    { name: "traceback", default: "system" },
  ]);
});

test("they are read from stderr, where runsc prints them", async () => {
  const runsc = fakeProgram("runsc", 'printf "  -directfs\\n    \\tdirect (default true)\\n" >&2');
  expect(await askRunscFlags(runsc)).toEqual([{ name: "directfs", default: "true" }]);
});

test("a runsc that lists none has not said which it knows", async () => {
  expect(await askRunscFlags(fakeProgram("runsc", "exit 1"))).toBeNull();
});

test("a flag's name is what stands before its value", () => {
  expect(["--directfs=false", "--debug", "-x=a=b"].map(flagName)).toEqual(["directfs", "debug", "x"]);
});
