import { weightedRidge } from "../../model/least-squares.ts";

/** Throughput measured with so many at once; several points may share their `n`. */
export type ThroughputPoint = {
  n: number;
  /** Finished a second. */
  ratePerS: number;
};

/**
 * Universal Scalability Law: X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1)).
 * Source: Gunther, Guerrilla Capacity Planning (2007).
 */
export type Usl = {
  /** Contention: the share that only one can do at a time. 0 or more. */
  alpha: number;
  /** Coherency: what each pair costs, so that throughput falls again. 0 or more; also called kappa. */
  beta: number;
  /** Throughput of one, a second. */
  gamma: number;
};

export function uslRate({ alpha, beta, gamma }: Usl, n: number): number {
  return (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
}

/** N of the highest throughput; `null` without one (no coherency: it rises for ever). */
export function uslPeak({ alpha, beta }: Usl): number | null {
  return beta > 0 ? Math.max(1, Math.sqrt((1 - Math.min(alpha, 1)) / beta)) : null;
}

/** Which of the two losses are in the fit; the others are 0. */
type Free = { alpha: boolean; beta: boolean };

const STEPS = 200;
const SETTLED = 1e-12;

/**
 * Nonlinear least squares on throughput (as R's `usl` does), alpha and beta held at 0 or more.
 *
 * @param points at least 3 with distinct n
 * @throws RangeError where they do not identify three parameters
 */
export function fitUsl(points: readonly ThroughputPoint[]): Usl {
  const tries: Free[] = [
    { alpha: true, beta: true },
    { alpha: false, beta: true },
    { alpha: true, beta: false },
    { alpha: false, beta: false },
  ];
  // The best within the bounds: where the free optimum lies outside, it is on one of their edges.
  const fits = tries
    .map((free) => descend(points, free))
    .filter(({ alpha, beta }) => alpha >= 0 && beta >= 0);
  return fits.reduce((best, fit) => (squares(points, fit) < squares(points, best) ? fit : best));
}

/** Damped Gauss-Newton (Levenberg and Marquardt) from the linear fit. */
function descend(points: readonly ThroughputPoint[], free: Free): Usl {
  let usl = linearStart(points, free);
  let damping = 1e-3;
  for (let step = 0; step < STEPS; step++) {
    const next = stepped(points, usl, free, damping);
    const gain = squares(points, usl) - squares(points, next);
    if (!(gain >= 0)) {
      damping *= 10;
      if (damping > 1e12) return usl;
      continue;
    }
    const settled = relativeMove(usl, next) < SETTLED;
    usl = next;
    if (settled) return usl;
    damping = Math.max(damping / 10, 1e-12);
  }
  return usl;
}

/** N / X is linear in 1 / gamma, alpha / gamma and beta / gamma. */
function linearStart(points: readonly ThroughputPoint[], free: Free): Usl {
  const rows = points.map(({ n }) => chosen([n - 1, n * (n - 1)], free, 1));
  const y = points.map(({ n, ratePerS }) => n / ratePerS);
  // Weighted by X^4 / N^2, so that errors count as they do in X.
  const weights = points.map(({ n, ratePerS }) => ratePerS ** 4 / n ** 2);
  const zeros = rows[0]!.map(() => 0);
  const [inverse, ...losses] = weightedRidge(rows, y, weights, zeros, zeros);
  return withLosses(
    1 / inverse!,
    losses.map((loss) => loss / inverse!),
    free,
  );
}

function stepped(points: readonly ThroughputPoint[], usl: Usl, free: Free, damping: number): Usl {
  const rows = points.map(({ n }) => {
    const rate = uslRate(usl, n);
    const share = (rate * rate) / (usl.gamma * n);
    return chosen([-share * (n - 1), -share * n * (n - 1)], free, rate / usl.gamma);
  });
  const residuals = points.map(({ n, ratePerS }) => ratePerS - uslRate(usl, n));
  const ridge = rows[0]!.map((_, column) => damping * rows.reduce((sum, row) => sum + row[column]! ** 2, 0));
  const ones = points.map(() => 1);
  const [gamma, ...losses] = weightedRidge(
    rows,
    residuals,
    ones,
    ridge,
    ridge.map(() => 0),
  );
  const before = chosen([usl.alpha, usl.beta], free);
  return withLosses(
    usl.gamma + gamma!,
    losses.map((loss, index) => loss + before[index]!),
    free,
  );
}

function chosen([alpha, beta]: [number, number], free: Free, ...first: number[]): number[] {
  return [...first, ...(free.alpha ? [alpha] : []), ...(free.beta ? [beta] : [])];
}

function withLosses(gamma: number, losses: readonly number[], free: Free): Usl {
  const rest = [...losses];
  return { gamma, alpha: free.alpha ? rest.shift()! : 0, beta: free.beta ? rest.shift()! : 0 };
}

function squares(points: readonly ThroughputPoint[], usl: Usl): number {
  return points.reduce((sum, { n, ratePerS }) => sum + (ratePerS - uslRate(usl, n)) ** 2, 0);
}

function relativeMove(from: Usl, to: Usl): number {
  const moves = (["alpha", "beta", "gamma"] as const).map(
    (name) => Math.abs(to[name] - from[name]) / (Math.abs(to[name]) + 1e-9),
  );
  return Math.max(...moves);
}
