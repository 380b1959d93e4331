/**
 * Mean wait in M/H2/2, s, exactly: the stationary distribution of the chain that counts how many of each kind are in service
 * and how many wait, up to 400, by Gauss and Seidel's iteration on the balance equations.
 *
 * @param cv coefficient of variation of the service times, 1 or more; balanced means, as the simulator draws them
 */
export function hyperexponentialWaitS(ratePerS: number, meanS: number, cv: number): number {
  const p = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  const rates = [(2 * p) / meanS, (2 * (1 - p)) / meanS] as const;
  // States below two: none; one of kind 0 or 1. From two on: kinds (0,0), (0,1), (1,1) and the number waiting.
  const LEVELS = 400;
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 1],
  ] as const;
  const chance = [p, 1 - p] as const;
  const index = (level: number, pair: number) => 3 + 3 * level + pair;
  const size = index(LEVELS, 0);
  // A guess that falls with the number waiting; where the iteration ends does not depend on it.
  let now = new Float64Array(size).map((_, state) => 0.8 ** Math.floor(state / 3));
  const pairOf = (a: number, b: number) => a + b;
  const out = new Float64Array(size);
  const into: [from: number, rate: number][][] = Array.from({ length: size }, () => []);
  const flow = (from: number, to: number, rate: number) => {
    into[to]!.push([from, rate]);
    out[from]! += rate;
  };
  flow(0, 1, ratePerS * chance[0]);
  flow(0, 2, ratePerS * chance[1]);
  for (const kind of [0, 1] as const) {
    flow(1 + kind, 0, rates[kind]);
    for (const other of [0, 1] as const)
      flow(1 + kind, index(0, pairOf(kind, other)), ratePerS * chance[other]);
  }
  for (let level = 0; level < LEVELS; level++) {
    for (const [pair, kinds] of pairs.entries()) {
      const from = index(level, pair);
      if (level + 1 < LEVELS) flow(from, index(level + 1, pair), ratePerS);
      for (const [at, kind] of kinds.entries()) {
        const stays = kinds[1 - at]!;
        if (level === 0) flow(from, 1 + stays, rates[kind]);
        else
          for (const next of [0, 1] as const)
            flow(from, index(level - 1, pairOf(stays, next)), rates[kind] * chance[next]);
      }
    }
  }
  for (let sweep = 0; sweep < 4000; sweep++) {
    let moved = 0;
    for (let step = 0; step < size; step++) {
      // Up and down in turn, so that chances travel both ways in one sweep.
      const state = sweep % 2 === 0 ? step : size - 1 - step;
      let sum = 0;
      for (const [from, rate] of into[state]!) sum += now[from]! * rate;
      const next = sum / out[state]!;
      moved = Math.max(moved, Math.abs(next - now[state]!) / Math.max(next, 1e-300));
      now[state] = next;
    }
    const total = now.reduce((sum, value) => sum + value, 0);
    now = now.map((value) => value / total);
    if (moved < 1e-10) break;
  }
  let waiting = 0;
  for (let level = 0; level < LEVELS; level++) {
    for (let pair = 0; pair < 3; pair++) waiting += level * now[index(level, pair)]!;
  }
  return waiting / ratePerS;
}
