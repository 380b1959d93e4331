/** What the article says, as data: where it stands, what it claims, and which measurement decides. */
import type { ArticleRun, ClaimUnit, Formula } from "./formula.ts";

/** Between which figures the claim would hold, both included; `high: null` = no upper end. */
export type Claimed = { text: string; unit: ClaimUnit; low: number; high: number | null };

export type Labelled = { label: string; formula: Formula };

export type Verdict = "holds" | "fails" | "impossible" | "unclear" | "unmeasured";

/** A number of the article. */
export type NumberClaim = {
  kind: "number";
  id: string;
  /** Section of the article. */
  section: string;
  /** In English; the article is in Chinese. */
  quote: string;
  /** What is claimed, in a few words. */
  subject: string;
  claimed: Claimed;
  /** The measurement that decides. */
  decides: Labelled;
  /** Further ones, to put it into place. */
  beside: readonly Labelled[];
  /** Another way to measure the same; where the two differ in their answer, the claim is unclear. `short`: both. */
  second?: Labelled & { short: readonly [string, string]; difference: string };
  /** Set where only a part of what the article speaks of is measured: it can refute, and never confirm. */
  partOf?: { short: string; reason: string };
  /** Says why the claim cannot be true as stated, where this run shows it. */
  impossible?(run: ArticleRun): string | null;
  /** What is measured, and how it stands to the claim; true whatever comes out. */
  why: string;
  /** What an outcome means. */
  means?: Partial<Record<Verdict, string>>;
};

/** An option that the article passes to a program. */
export type OptionClaim = {
  kind: "option";
  id: string;
  section: string;
  quote: string;
  subject: string;
  /** Keys of `RunManifest.toolOptions`; an option in any of these lists counts. */
  commands: readonly string[];
  /** Without dashes; the claim holds where every one is there. */
  options: readonly string[];
  why: string;
};

export type Claim = NumberClaim | OptionClaim;

export type ClaimGroup = { id: string; title: string; claims: readonly Claim[] };

/** A cost that section 2.5 names without a number, or with more of them than one measurement can settle. */
export type CostClass = {
  id: string;
  title: string;
  /** The article's words, in English. */
  says: string;
  measured: readonly Labelled[];
};
