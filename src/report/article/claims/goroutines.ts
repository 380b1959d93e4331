import type { Configuration } from "../../../axes/configuration.ts";
import type { ClaimGroup, Labelled } from "../claim.ts";
import type { ArticleRun } from "../formula.ts";
import { between, labelled, native, near, quantity, ratio, runsc, value } from "./cells.ts";

const SYSTRAP = runsc("systrap", "none");
const KVM = runsc("kvm", "none");

/** The article's loop: each goroutine increments 1,000 times. */
const EACH = 1000;

type Kind = "atomic" | "unsynchronised";
const count = (config: Configuration, kind: Kind, workers: number) =>
  quantity(config, "goroutines", `${kind}-${workers}`);
const table = (config: Configuration, kind: Kind, workers: number) =>
  value(count(config, kind, workers), workers * EACH);
const found = (config: Configuration, metric: string) => value(quantity(config, "goroutines", metric));

const elsewhere = (kind: Kind, workers: number): Labelled[] => [
  labelled("native", table(native, kind, workers)),
  labelled("runsc on kvm", table(KVM, kind, workers)),
];

const wrong = (workers: number) =>
  `counters of 20 that ended wrong after the article's loop, ${workers} goroutines`;
const lost = (workers: number) => `updates lost of 3,000,000 unsynchronised ones, ${workers} goroutines`;

const TABLE = "table “Stress test of the scheduling boundary”";

function nothingIsTorn(run: ArticleRun): string | null {
  const torn = run.measure(found(SYSTRAP, "torn-reads"));
  return torn.high === 0
    ? "x86-64 stores an aligned 64-bit word whole. And no value of a counter below 4,294,967,296 could look torn: its upper half never changes."
    : null;
}

export const GOROUTINES: ClaimGroup = {
  id: "goroutines",
  title: "The goroutine table",
  claims: [
    {
      kind: "number",
      id: "unsynchronised-10",
      section: "2.4",
      quote: `${TABLE}: 10 goroutines, without synchronisation, 24 ms`,
      subject: "10 goroutines, unsynchronised: 24 ms",
      claimed: near(24e6, "ns", "24 ms"),
      decides: labelled("runsc on systrap, 10 × 1,000 increments", table(SYSTRAP, "unsynchronised", 10)),
      beside: elsewhere("unsynchronised", 10),
      why: "10,000 increments, the start and the end of the goroutines included.",
    },
    {
      kind: "number",
      id: "atomic-10",
      section: "2.4",
      quote: `${TABLE}: 10 goroutines, atomic, 31 ms`,
      subject: "10 goroutines, atomic: 31 ms",
      claimed: near(31e6, "ns", "31 ms"),
      decides: labelled("runsc on systrap, 10 × 1,000 increments", table(SYSTRAP, "atomic", 10)),
      beside: elsewhere("atomic", 10),
      why: "31 ms would be 3 µs for each of 10,000 atomic increments, which are single instructions.",
    },
    {
      kind: "number",
      id: "atomic-cost",
      section: "2.4",
      quote: `${TABLE}: 31 ms against 24 ms`,
      subject: "Atomic takes 1.3 times as long as unsynchronised",
      claimed: near(31 / 24, "ratio", "×1.3 (31 ms ÷ 24 ms)"),
      decides: labelled(
        "runsc on systrap, 10 goroutines",
        ratio(count(SYSTRAP, "atomic", 10), count(SYSTRAP, "unsynchronised", 10)),
      ),
      beside: [
        labelled(
          "runsc on systrap, 100 goroutines",
          ratio(count(SYSTRAP, "atomic", 100), count(SYSTRAP, "unsynchronised", 100)),
        ),
        labelled(
          "native, 10 goroutines",
          ratio(count(native, "atomic", 10), count(native, "unsynchronised", 10)),
        ),
      ],
      why: "Both loops in the same launch, paired by round.",
    },
    {
      kind: "number",
      id: "atomic-100",
      section: "2.4",
      quote: `${TABLE}: 100 goroutines, atomic, 327 ms`,
      subject: "100 goroutines, atomic: 327 ms",
      claimed: near(327e6, "ns", "327 ms"),
      decides: labelled("runsc on systrap, 100 × 1,000 increments", table(SYSTRAP, "atomic", 100)),
      beside: elsewhere("atomic", 100),
      why: "100,000 increments.",
    },
    {
      kind: "number",
      id: "atomic-scaling",
      section: "2.4",
      quote: `${TABLE}: 31 ms for 10 goroutines, 327 ms for 100`,
      subject: "Ten times the goroutines take 10.5 times as long",
      claimed: near(327 / 31, "ratio", "×10.5 (327 ms ÷ 31 ms)"),
      decides: labelled(
        "runsc on systrap, 100 ÷ 10 goroutines",
        ratio(count(SYSTRAP, "atomic", 100), count(SYSTRAP, "atomic", 10), 10),
      ),
      beside: [
        labelled(
          "native, 100 ÷ 10 goroutines",
          ratio(count(native, "atomic", 100), count(native, "atomic", 10), 10),
        ),
      ],
      why: "Each goroutine does the same work, so that ten times as many do ten times the work.",
    },
    {
      kind: "number",
      id: "tearing",
      section: "2.4",
      quote: `${TABLE}: 100 goroutines, without synchronisation, “failed (data tearing)”`,
      subject: "100 unsynchronised goroutines tear the counter",
      claimed: between(1, null, "count", "torn data"),
      decides: labelled(
        "runsc on systrap: reads of 500,000 that saw half of another goroutine's write",
        found(SYSTRAP, "torn-reads"),
      ),
      beside: [
        labelled("native: the same", found(native, "torn-reads")),
        labelled(`runsc on systrap: ${lost(10)}`, found(SYSTRAP, "lost-updates-10")),
        labelled(`runsc on systrap: ${lost(100)}`, found(SYSTRAP, "lost-updates-100")),
        labelled(`native: ${lost(100)}`, found(native, "lost-updates-100")),
        labelled(`runsc on systrap: ${wrong(10)}`, found(SYSTRAP, "wrong-results-10")),
        labelled(`runsc on systrap: ${wrong(100)}`, found(SYSTRAP, "wrong-results-100")),
        labelled("runsc on systrap: time of the 100 × 1,000", table(SYSTRAP, "unsynchronised", 100)),
      ],
      impossible: nothingIsTorn,
      why: "What unsynchronised increments do is lose updates: two goroutines read the same value, and one overwrites the other's. That is a bug of the program at 10 goroutines as at 100, with or without a sandbox, and no limit of gVisor's scheduling.",
    },
  ],
};
