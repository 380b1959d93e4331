import { expect, test } from "vitest";
import {
  AUDIT_ARCH_X86_64,
  evaluate,
  readProgram,
  SECCOMP_RET_ALLOW,
} from "../../../src/seccomp/cost/emulate.ts";

const LD = 0x20;
const JEQ = 0x15;
const RET = 0x06;
const KILL = 0x80000000;
const instruction = (code: number, k: number, jt = 0, jf = 0) => ({ code, jt, jf, k });
const ask = (nr: number, args: bigint[] = []) => ({ nr, arch: AUDIT_ARCH_X86_64, args });

/** Allows call 1, whatever its arguments. */
const BY_NUMBER = [
  instruction(LD, 0),
  instruction(JEQ, 1, 1, 0),
  instruction(RET, KILL),
  instruction(RET, SECCOMP_RET_ALLOW),
];

test("the way through the program is counted, and its end told", () => {
  expect(evaluate(BY_NUMBER, ask(1))).toEqual({ executed: 3, verdict: SECCOMP_RET_ALLOW, isConstant: true });
  expect(evaluate(BY_NUMBER, ask(2))).toEqual({ executed: 3, verdict: KILL, isConstant: true });
});

test("what looks at an argument is answered by no bitmap", () => {
  const byArgument = [instruction(LD, 16), ...BY_NUMBER.slice(1)];
  expect(evaluate(byArgument, ask(0, [1n]))).toMatchObject({ verdict: SECCOMP_RET_ALLOW, isConstant: false });
});

test("arguments are read in halves, the lower first", () => {
  const high = [instruction(LD, 20), ...BY_NUMBER.slice(1)];
  expect(evaluate(high, ask(0, [1n << 32n])).verdict).toBe(SECCOMP_RET_ALLOW);
  expect(evaluate(high, ask(0, [1n])).verdict).toBe(KILL);
});

test("numbers above 2^31 compare as the kernel's, without a sign", () => {
  const jgt = [
    instruction(LD, 4),
    instruction(0x25, 0x7fffffff, 0, 1),
    instruction(RET, 1),
    instruction(RET, 2),
  ];
  expect(evaluate(jgt, ask(0)).verdict).toBe(1);
});

test("a program is read from the kernel's bytes", () => {
  const bytes = new Uint8Array([0x15, 0, 3, 4, 0x78, 0x56, 0x34, 0x12]);
  expect(readProgram(bytes)).toEqual([{ code: 0x15, jt: 3, jf: 4, k: 0x12345678 }]);
});

test("a program without an end is an error, as it is for the kernel", () => {
  expect(() => evaluate([instruction(LD, 0)], ask(0))).toThrow(RangeError);
});
