/** When a run with a time budget, or one that runs until it is clear, looks at its intervals. Pure. */

/** 6 rounds give the first interval, 11 and 15 are what Holm's correction over 48 cells and the default ask for. */
const FIRST_LOOKS = [6, 11, 15, 20, 30];
const GROWTH = 1.4;

/**
 * The first look after `round` rounds. Looks are fixed in advance and thin out, so that what is seen at one does
 * not decide when the next one is.
 */
export function nextLook(round: number): number {
  let look = FIRST_LOOKS[0]!;
  for (const known of FIRST_LOOKS) {
    look = known;
    if (look > round) return look;
  }
  while (look <= round) look = Math.ceil(look * GROWTH);
  return look;
}

/** Whether intervals are looked at after this many rounds. */
export function isLook(round: number): boolean {
  return round > 0 && nextLook(round - 1) === round;
}
