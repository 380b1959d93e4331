/** Time, line number, script and sandbox before each line that a script prints, as the harness read it. Pure. */

/** Digits of a line number that are made room for; more still fit, as it is written as long as it is. */
const NUMBER_ROOM = 20;
const NEWLINE = 0x0a;

export class LineTagger {
  readonly #rest: Buffer;
  #line = 0;
  #isInLine = false;

  /** @param script its file name, @param sandboxId of the launch: both made visible, in one line */
  constructor(script: string, sandboxId: string) {
    this.#rest = Buffer.from(` ${script} ${sandboxId} | `);
  }

  /**
   * The bytes of the lines stay as they are, whatever they are and however long a line is; one that comes in several
   * reads has the time of its first.
   *
   * @param atMs when the bytes were read, ms since 1970
   */
  tag(bytes: Buffer, atMs: number): Buffer {
    const time = `${new Date(atMs).toISOString()} `;
    const most = time.length + NUMBER_ROOM + this.#rest.length;
    const parts: Buffer[] = [];
    let tags: Buffer | null = null;
    let used = 0;
    for (let from = 0; from < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, from);
      const to = newline === -1 ? bytes.length : newline + 1;
      const needed = (this.#isInLine ? 0 : most) + to - from;
      // Many short lines share a buffer: an allocation a line costs more than all else.
      if (tags === null || tags.length - used < needed) {
        if (tags !== null) parts.push(tags.subarray(0, used));
        tags = Buffer.allocUnsafe(Math.max(needed, Math.min(MOST_AT_ONCE, (to - from + most) * 64)));
        used = 0;
      }
      if (!this.#isInLine) {
        this.#line += 1;
        used += tags.write(time, used, "latin1");
        used += tags.write(String(this.#line), used, "latin1");
        used += this.#rest.copy(tags, used);
      }
      used += bytes.copy(tags, used, from, to);
      this.#isInLine = newline === -1;
      from = to;
    }
    if (tags !== null) parts.push(tags.subarray(0, used));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}

const MOST_AT_ONCE = 256 * 1024;
