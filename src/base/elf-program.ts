/** Whether a file is a whole program for this processor: its headers, elf(5), without running it. */
import { accessSync, closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** e_machine. */
const MACHINES: Partial<Record<NodeJS.Architecture, number>> = { x64: 62, arm64: 183 };
const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;

/** False for what is missing, not executable, cut off, or built for another processor. */
export function isProgramForHost(file: string): boolean {
  let descriptor: number;
  try {
    accessSync(file, constants.X_OK);
    descriptor = openSync(file, "r");
  } catch {
    return false;
  }
  try {
    const { size } = fstatSync(descriptor);
    return endOfProgram(descriptor) <= size;
  } catch {
    return false;
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that the headers lay claim to; infinite for what is no 64-bit program of this processor. */
function endOfProgram(descriptor: number): number {
  const header = read(descriptor, 0, HEADER_BYTES);
  const isElf64 = header.subarray(0, 6).equals(Buffer.from("\x7fELF\x02\x01", "latin1"));
  if (!isElf64 || header.readUInt16LE(18) !== MACHINES[process.arch]) return Number.POSITIVE_INFINITY;
  const segments = { at: Number(header.readBigUInt64LE(32)), count: header.readUInt16LE(56) };
  const sections = Number(header.readBigUInt64LE(40)) + header.readUInt16LE(58) * header.readUInt16LE(60);
  const table = read(descriptor, segments.at, segments.count * SEGMENT_BYTES);
  const ends = Array.from({ length: segments.count }, (_, index) => {
    const segment = table.subarray(index * SEGMENT_BYTES);
    return Number(segment.readBigUInt64LE(8) + segment.readBigUInt64LE(32));
  });
  return Math.max(sections, ...ends);
}

function read(descriptor: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(descriptor, buffer, 0, length, at) < length) throw new RangeError("the file is cut off");
  return buffer;
}
