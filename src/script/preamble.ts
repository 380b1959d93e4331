/**
 * Finds the one line that a helper prints before a script begins: a token that the script does not know, and `ready NS`
 * or `cannot REASON`. Whatever has the token later is the script's own output. Pure.
 */
const NEWLINE = 0x0a;

/** A runtime may say something before; what is longer is no such line. */
const LONGEST = 64 * 1024;

export class Preamble {
  /** Why the script is not begun. */
  cannot: string | null = null;
  /** What making it ready took, ns. */
  readyNs: number | null = null;
  readonly #start: Buffer;
  #pending: Buffer = Buffer.alloc(0);
  #isOver = false;

  constructor(token: string) {
    this.#start = Buffer.from(`${token} `);
  }

  /** @returns what of it is not the line */
  add(bytes: Buffer): Buffer {
    if (this.#isOver) return bytes;
    const passed: Buffer[] = [];
    let rest = Buffer.concat([this.#pending, bytes]);
    for (let end = rest.indexOf(NEWLINE); end !== -1 && !this.#isOver; end = rest.indexOf(NEWLINE)) {
      const line = rest.subarray(0, end + 1);
      if (line.subarray(0, this.#start.length).equals(this.#start)) this.#read(String(line));
      else passed.push(line);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST) this.#isOver = true;
    if (this.#isOver) passed.push(rest);
    this.#pending = this.#isOver ? Buffer.alloc(0) : rest;
    return Buffer.concat(passed);
  }

  /** What was held back. */
  finish(): Buffer {
    return this.#pending;
  }

  #read(line: string): void {
    this.#isOver = true;
    const [, verb, rest = ""] = line.trimEnd().split(/ (\w+) (.*)/s);
    if (verb === "ready") this.readyNs = Number(rest);
    else this.cannot = rest;
  }
}
