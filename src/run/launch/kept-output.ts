/** Of what a program prints: how it began and how it ended, however much came between. */

/** Characters kept of each end. */
const KEPT = 4096;

export class KeptOutput {
  #head = "";
  #tail = "";
  #left = 0;

  add(chunk: string): void {
    const all = this.#tail + chunk;
    const passed = all.slice(0, -KEPT);
    const missing = passed.slice(0, KEPT - this.#head.length);
    this.#head += missing;
    this.#left += passed.length - missing.length;
    this.#tail = all.slice(-KEPT);
  }

  /** What stood before the tail, with a mark of how much of it is left out; empty where the tail holds everything. */
  get head(): string {
    if (this.#left === 0) return this.#head;
    return `${this.#head}\n[… ${this.#left.toLocaleString("en")} characters left out …]\n`;
  }

  /** What came last, at most 4096 characters. */
  get tail(): string {
    return this.#tail;
  }
}
