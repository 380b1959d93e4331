/**
 * Holds strace and what it traces on one CPU, and lets the program believe that it has all of them.
 *
 * A stop hands the CPU from the program to strace and back. On one CPU that is a plain switch (3 to 6 µs here).
 * On two, each has to wake a sleeping CPU (35 to 90 µs), and the scheduler goes from one to the other as it likes:
 * nothing that was measured beforehand could be taken off such times.
 */

/** Of a byte, in hexadecimal. */
const DIGITS = 2;

/**
 * @param allowed CPUs that a process may use, as `Cpus_allowed` in /proc/self/status has them: `3`, `ffffffff,ffffffff`
 * @returns what stands before the program: `taskset -c 1 strace --inject=…`
 */
export function straceOnOneCpu(strace: string, taskset: string, allowed: string): [string, ...string[]] {
  const bytes = littleEndian(allowed);
  const highest = bytes.length - 1;
  const cpu = highest * 8 + Math.floor(Math.log2(bytes[highest]!));
  const hex = bytes.map((byte) => byte.toString(16).padStart(DIGITS, "0")).join("");
  // strace(1), "poke_exit": what the call wrote into its third argument is replaced.
  return [taskset, "-c", String(cpu), strace, `--inject=sched_getaffinity:poke_exit=@arg3=${hex}`];
}

/** Without zeros at the end: a caller's room for the answer may be no longer than the kernel asks for. */
function littleEndian(mask: string): number[] {
  const digits = mask.replaceAll(",", "");
  const whole = digits.padStart(digits.length + (digits.length % DIGITS), "0");
  const bytes = (whole.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)).reverse();
  return bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}
