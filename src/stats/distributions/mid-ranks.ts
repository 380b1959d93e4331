export type MidRanks = {
  /** Rank of each value in the order given, from 1; equal values share their mean rank. */
  ranks: number[];
  /** Sum of t^3 - t over groups of t equal values: 0 without ties. */
  tieTerm: number;
};

/** Ranks with ties shared. Values must be finite. */
export function midRanks(values: readonly number[]): MidRanks {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  let tieTerm = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + 1 + to) / 2;
    const size = to - from;
    tieTerm += size ** 3 - size;
    from = to;
  }
  return { ranks, tieTerm };
}
