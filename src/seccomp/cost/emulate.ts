/**
 * Runs a filter as the kernel does: classic BPF over struct seccomp_data (kernel/seccomp.c, seccomp_check_filter has the
 * instructions that it takes). Pure.
 */
const INSTRUCTION_BYTES = 8;
/** linux/bpf_common.h */
const CLASS = { ld: 0, ldx: 1, st: 2, stx: 3, alu: 4, jmp: 5, ret: 6, misc: 7 } as const;

export type Instruction = { code: number; jt: number; jf: number; k: number };

/** What a filter is asked: struct seccomp_data. */
export type CallData = { nr: number; arch: number; args?: readonly bigint[] };

export type Evaluated = {
  /** Instructions that ran. */
  executed: number;
  /** SECCOMP_RET_*, with its data. */
  verdict: number;
  /** It looked at nothing but number and architecture, so that the kernel's bitmap may answer. */
  isConstant: boolean;
};

export const AUDIT_ARCH_X86_64 = 0xc000003e;
export const SECCOMP_RET_ALLOW = 0x7fff0000;

export function readProgram(bytes: Uint8Array): Instruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / INSTRUCTION_BYTES }, (_, index) => {
    const at = index * INSTRUCTION_BYTES;
    return {
      code: view.getUint16(at, true),
      jt: view.getUint8(at + 2),
      jf: view.getUint8(at + 3),
      k: view.getUint32(at + 4, true),
    };
  });
}

/** @throws RangeError for a program that the kernel would refuse, too */
export function evaluate(program: readonly Instruction[], data: CallData): Evaluated {
  let [a, x, executed] = [0, 0, 0];
  let isConstant = true;
  const memory = new Uint32Array(16);
  for (let pc = 0; pc < program.length; pc++) {
    const { code, jt, jf, k } = program[pc]!;
    executed += 1;
    const operand = (code & 8) === 0 ? k : x;
    switch (code & 7) {
      case CLASS.ld:
        isConstant = isConstant && (code & 0xe0) === 0x20 && k <= 4;
        a = (code & 0xe0) === 0x20 ? word(data, k) : loaded(code, k, memory);
        break;
      case CLASS.ldx:
        isConstant = false;
        x = loaded(code, k, memory);
        break;
      case CLASS.st:
        memory[k] = a;
        isConstant = false;
        break;
      case CLASS.stx:
        memory[k] = x;
        isConstant = false;
        break;
      case CLASS.alu:
        isConstant = isConstant && code === 0x54; // and #k
        a = computed(code & 0xf0, a, operand);
        break;
      case CLASS.jmp:
        isConstant = isConstant && (code & 8) === 0;
        pc += (code & 0xf0) === 0 ? k : holds(code & 0xf0, a, operand) ? jt : jf;
        break;
      case CLASS.ret:
        return { executed, verdict: (code & 0x18) === 0x10 ? a : k, isConstant };
      default:
        isConstant = false;
        if ((code & 0xf8) === 0) x = a;
        else a = x;
    }
  }
  throw new RangeError("the program runs past its end");
}

function word({ nr, arch, args = [] }: CallData, offset: number): number {
  if (offset === 0) return nr >>> 0;
  if (offset === 4) return arch >>> 0;
  if (offset < 16) return 0; // instruction pointer
  const value = args[(offset - 16) >> 3] ?? 0n;
  return Number((offset & 4) === 0 ? value & 0xffffffffn : (value >> 32n) & 0xffffffffn);
}

/** Immediate, memory, or the length of struct seccomp_data. */
function loaded(code: number, k: number, memory: Uint32Array): number {
  const mode = code & 0xe0;
  return mode === 0x60 ? (memory[k] ?? 0) : mode === 0x80 ? 64 : k;
}

function computed(op: number, a: number, b: number): number {
  switch (op) {
    case 0x00:
      return (a + b) >>> 0;
    case 0x10:
      return (a - b) >>> 0;
    case 0x20:
      return Math.imul(a, b) >>> 0;
    case 0x30:
      return b === 0 ? 0 : Math.floor(a / b);
    case 0x40:
      return (a | b) >>> 0;
    case 0x50:
      return (a & b) >>> 0;
    case 0x60:
      return b > 31 ? 0 : (a << b) >>> 0;
    case 0x70:
      return b > 31 ? 0 : a >>> b;
    case 0x80:
      return -a >>> 0;
    default:
      return (a ^ b) >>> 0;
  }
}

function holds(op: number, a: number, b: number): boolean {
  if (op === 0x10) return a === b;
  if (op === 0x20) return a > b;
  if (op === 0x30) return a >= b;
  return (a & b) !== 0;
}
