/** Formulas for the mean wait at m servers: checks of the simulator, and answers where it would take too long. */

export type Offered = {
  /** Arrivals a second. */
  ratePerS: number;
  /** Mean time of a server for one arrival, s. */
  serviceS: number;
  servers: number;
};

/** Share of the servers' time that is asked for; from 1 on the queue grows for ever. */
export function load({ ratePerS, serviceS, servers }: Offered): number {
  return (ratePerS * serviceS) / servers;
}

/**
 * Chance that an arrival has to wait in M/M/m.
 *
 * @param offered with a load below 1
 * @throws RangeError for a load of 1 or more
 * Source: Erlang (1917); by the recursion of Erlang B, which does not overflow.
 */
export function erlangC(offered: Offered): number {
  const busy = load(offered);
  if (!(busy < 1)) throw new RangeError(`no steady state at a load of ${busy}`);
  const erlangs = busy * offered.servers;
  let blocked = 1;
  for (let servers = 1; servers <= offered.servers; servers++) {
    blocked = (erlangs * blocked) / (servers + erlangs * blocked);
  }
  return blocked / (1 - busy * (1 - blocked));
}

/** Mean wait in M/M/m, s. Throws as `erlangC`. */
export function meanWaitS(offered: Offered): number {
  const spare = offered.servers / offered.serviceS - offered.ratePerS;
  return erlangC(offered) / spare;
}

/**
 * Mean wait in G/G/m, s: that of M/M/m times the mean of the two squared coefficients of variation. Exact for one server
 * with Poisson arrivals (Pollaczek and Khinchine), else an approximation of a few per cent.
 *
 * @param cvArrivals coefficient of variation of the times between arrivals; 1 for Poisson
 * @param cvService of the service times
 * Source: Allen, Probability, Statistics, and Queueing Theory (1990), 5.3.4.
 */
export function allenCunneenWaitS(offered: Offered, cvArrivals: number, cvService: number): number {
  return (meanWaitS(offered) * (cvArrivals ** 2 + cvService ** 2)) / 2;
}
