import { expect, test } from "vitest";
import { straceOnOneCpu } from "../../src/profile/one-cpu.ts";

const maskOf = (allowed: string) => straceOnOneCpu("strace", "taskset", allowed);

test.each([
  // Masks as /proc/self/status has them, and the bytes that sched_getaffinity(2) writes on x86-64.
  ["two CPUs", "3", "1", "03"],
  ["padded with zeros", "00000000,00000003", "1", "03"],
  ["the third alone", "4", "2", "04"],
  ["twelve", "fff", "11", "ff0f"],
  ["64, in two words", "ffffffff,ffffffff", "63", "ffffffffffffffff"],
  ["the 33rd alone", "1,00000000", "32", "0000000001"],
])("%s: on the last, and all of them told", (_, allowed, cpu, hex) => {
  expect(maskOf(allowed)).toEqual([
    "taskset",
    "-c",
    cpu,
    "strace",
    `--inject=sched_getaffinity:poke_exit=@arg3=${hex}`,
  ]);
});
