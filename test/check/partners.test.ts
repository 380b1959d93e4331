import { expect, test } from "vitest";
import { partnersIn } from "../../src/check/excess-width.ts";
import { madeRun, NATIVE, RUNSC } from "./sides.ts";

const { manifest } = madeRun({
  cells: [
    { config: NATIVE },
    ...["old", "new"].flatMap((runsc) => [
      { config: { ...RUNSC, runsc } },
      { config: { ...RUNSC, runsc, flags: "directfs=false" } },
      { config: { ...RUNSC, runsc, flags: "dcache=100" } },
      { config: { ...RUNSC, runsc, network: "host" as const } },
    ]),
  ],
});
const partners = (id: string) =>
  partnersIn(manifest)
    .partnersOf(manifest.cells.find((cell) => cell.id === `${id}::syscalls`)!)
    .map((cell) => cell.id.replace("::syscalls", ""));

test("a cell goes on with its baseline, the same under the other runsc, and the one without its flags", () => {
  expect(partners("runsc@new/systrap/net=none/seccomp=none/flags=directfs=false")).toEqual([
    "native/net=host/seccomp=none",
    "runsc@old/systrap/net=none/seccomp=none/flags=directfs=false",
    "runsc@new/systrap/net=none/seccomp=none",
  ]);
});

test("one without flags needs no variant", () => {
  expect(partners("runsc@old/systrap/net=host/seccomp=none")).toEqual([
    "native/net=host/seccomp=none",
    "runsc@new/systrap/net=host/seccomp=none",
  ]);
});
