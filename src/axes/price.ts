/**
 * - `security`: a layer, or a part of one, less
 * - `function`: something that programs may need is gone
 * - `support`: nobody mends it any more
 */
type PriceKind = "security" | "function" | "support";

/** What a switch gives up. */
export type Price = {
  kind: PriceKind;
  text: string;
  /** Where it is documented. */
  source: string;
};
