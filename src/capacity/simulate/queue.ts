/** G/G/m, first come first served: any arrivals, any service times, m equal servers. */

export type QueueInput = {
  /** When each arrives, s, ascending. */
  arrivalsS: Float64Array;
  /** Time of a server that each takes, s. */
  servicesS: Float64Array;
  servers: number;
};

export type QueueOutcome = {
  /** From arrival to the begin of service, s, in the order of arrival. */
  waitsS: Float64Array;
  /** When each leaves, s. */
  endsS: Float64Array;
};

/**
 * Each arrival goes to the server that is free first (Kiefer and Wolfowitz 1955): with one queue for all that is first
 * come, first served. Exact, and independent of any clock.
 *
 * @throws RangeError for fewer servers than one, or arrivals out of order
 */
export function simulateQueue({ arrivalsS, servicesS, servers }: QueueInput): QueueOutcome {
  if (!(servers >= 1)) throw new RangeError(`a queue needs a server, got ${servers}`);
  const waitsS = new Float64Array(arrivalsS.length);
  const endsS = new Float64Array(arrivalsS.length);
  const freeS = new Float64Array(servers).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < arrivalsS.length; index++) {
    const arrival = arrivalsS[index]!;
    if (index > 0 && arrival < arrivalsS[index - 1]!)
      throw new RangeError(`arrival ${index} is out of order`);
    const start = Math.max(arrival, freeS[0]!);
    waitsS[index] = start - arrival;
    endsS[index] = start + servicesS[index]!;
    replaceFirst(freeS, endsS[index]!);
  }
  return { waitsS, endsS };
}

/** `heap` holds the time at which each server is free, the earliest first; its first is replaced. */
function replaceFirst(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
}

/**
 * Mean number in the system between `fromS` and `toS`, counted by walking over arrivals and ends in order of time: a count
 * of its own, so that Little's law can be checked against it.
 */
export function meanInSystem(
  arrivalsS: Float64Array,
  endsS: Float64Array,
  fromS: number,
  toS: number,
): number {
  const leaving = Float64Array.from(endsS).sort();
  let inside = 0;
  let area = 0;
  let last = fromS;
  let [arrival, end] = [0, 0];
  while (arrival < arrivalsS.length || end < leaving.length) {
    const arrives = arrival < arrivalsS.length && arrivalsS[arrival]! <= leaving[end]!;
    const time = arrives ? arrivalsS[arrival]! : leaving[end]!;
    if (time > toS) break;
    if (time > last) {
      area += inside * (time - last);
      last = time;
    }
    inside += arrives ? 1 : -1;
    if (arrives) arrival++;
    else end++;
  }
  area += inside * (toS - last);
  return area / (toS - fromS);
}
