/**
 * The article's three kinds of cost and its table of a 4 KiB read, as the fitted terms of a run add up to them.
 * The article's figures are those of its section 2.5.
 */

import { configurationId } from "../axes/axes.ts";
import type { Configuration } from "../axes/configuration.ts";
import { isGVisor } from "../axes/sandbox.ts";
import { quantile } from "../stats/distributions/quantile.ts";
import { sorted } from "../stats/distributions/sorted.ts";
import { combineTerms } from "./combine-terms.ts";
import type { ConfigurationModel, CostModel, Interval } from "./cost-model.ts";
import type { ArticleClass, Demand } from "./terms.ts";

export type ArticleCost = {
  kind: Exclude<ArticleClass, "none"> | "table";
  /** What the article says, with its figure. */
  says: string;
  /** What is fitted here, in words. */
  title: string;
  configuration: string;
  /** More than natively, ns, with its 90 % interval; `null` = not to be had from this run. */
  cost: Interval | null;
  rounds: number;
  /** Why there is no figure. */
  missing: string | null;
};

const READ_BYTES = 4096;

type Class = { kind: ArticleCost["kind"]; says: string; title: string; demand: Demand };

const CLASSES: readonly Class[] = [
  {
    kind: "interception",
    says: "microseconds",
    title: "entering and leaving, as Go calls",
    demand: { trap: 1 },
  },
  {
    kind: "interception",
    says: "microseconds",
    title: "the same in the form that systrap can patch",
    demand: { "patched-trap": 1 },
  },
  {
    kind: "forwarding",
    says: "no figure",
    title: "reading 4 KiB of a file in memory, beyond entering",
    demand: { "memory-io": 1, byte: READ_BYTES },
  },
  {
    kind: "forwarding",
    says: "no figure",
    title: "reading 4 KiB of a file of the host, beyond entering",
    demand: { "file-io": 1, byte: READ_BYTES },
  },
  { kind: "memory mapping", says: "no figure", title: "the first touch of a page", demand: { fault: 1 } },
  {
    kind: "memory mapping",
    says: "no figure",
    title: "unmapping memory that was touched",
    demand: { unmap: 1 },
  },
];

const READ: Demand = { trap: 1, "memory-io": 1, byte: READ_BYTES };

/** Its rows: absolute time and ratio; the time beyond native follows from both. */
const TABLE_ROWS = [
  {
    title: "4 KiB read: runsc's default, netstack",
    says: "182 µs, ×4.7: 143 µs more than natively",
    config: { sandbox: "runsc", platform: "systrap", network: "sandbox", seccomp: "none" },
  },
  {
    title: "4 KiB read: network=host and kvm",
    says: "63 µs, ×1.6: 24 µs more than natively",
    config: { sandbox: "runsc", platform: "kvm", network: "host", seccomp: "none" },
  },
] as const satisfies readonly { title: string; says: string; config: Configuration }[];

/** The classes for each platform of runsc, without a filter; then the table. */
export function articleCosts(model: CostModel): ArticleCost[] {
  const plain = model.configurations.filter(({ config }) => config.seccomp === "none");
  const platforms = [...Map.groupBy(plain, ({ config }) => config.platform)].flatMap(([platform, members]) =>
    platform === null ? [] : [bestOf(members)],
  );
  const classes = CLASSES.flatMap((one) => platforms.map((member) => classCost(one, member)));
  return [...classes, ...TABLE_ROWS.map((row) => tableCost(row, model)), ...filterCosts(model)];
}

/** The member with most terms; the first of equals. */
function bestOf(members: readonly ConfigurationModel[]): ConfigurationModel {
  return members.toSorted((a, b) => b.terms.length - a.terms.length)[0]!;
}

function classCost({ kind, says, title, demand }: Class, member: ConfigurationModel): ArticleCost {
  const cost = combineTerms(member, demand);
  const { configuration, rounds } = member;
  return { kind, says, title, configuration, cost, rounds, missing: cost === null ? NO_OPERATION : null };
}

const NO_OPERATION = "no operation of this run tells it";

function tableCost({ title, says, config }: (typeof TABLE_ROWS)[number], model: CostModel): ArticleCost {
  const member = model.configurations.find(
    (one) => isBuiltAlike(one.config, config) && one.config.flags === undefined,
  );
  const cost = member === undefined ? null : combineTerms(member, READ);
  return {
    kind: "table",
    says,
    title,
    configuration: member?.configuration ?? configurationId(config),
    cost,
    rounds: member?.rounds ?? 0,
    missing: cost !== null ? null : member === undefined ? "this run has not measured it" : NO_OPERATION,
  };
}

function isBuiltAlike(a: Configuration, b: Configuration): boolean {
  return (
    a.sandbox === b.sandbox && a.platform === b.platform && a.network === b.network && a.seccomp === b.seccomp
  );
}

/** The container's default filter in front of every call: what leaving it out saves. One row a platform. */
function filterCosts(model: CostModel): ArticleCost[] {
  const filtered = model.configurations.filter(
    ({ config }) => isGVisor(config) && config.seccomp === "default",
  );
  return [...Map.groupBy(filtered, ({ config }) => config.platform).values()].flatMap((members) => {
    // The article's own row is of the host's network.
    const own = members.find(({ config }) => config.network === "host") ?? members[0]!;
    const plain = model.configurations.find(
      ({ config }) =>
        isBuiltAlike(config, { ...own.config, seccomp: "none" }) &&
        config.runsc === own.config.runsc &&
        config.flags === own.config.flags,
    );
    if (plain === undefined) return [];
    const cost = trapDifference(own, plain);
    return [
      {
        kind: "table" as const,
        says: "63 → 51 µs: 12 µs a call, ×1.6 → ×1.3",
        title: "what the container's default filter adds to a call",
        configuration: own.configuration,
        cost,
        rounds: Math.min(own.rounds, plain.rounds),
        missing: cost === null ? NO_OPERATION : null,
      },
    ];
  });
}

/** Both sides were resampled on their own, so their draws are paired at random. */
function trapDifference(a: ConfigurationModel, b: ConfigurationModel): Interval | null {
  const at = ({ terms }: ConfigurationModel) => terms.findIndex(({ term }) => term === "trap");
  const [here, there] = [at(a), at(b)];
  if (here === -1 || there === -1) return null;
  const drawn = sorted(a.draws.map((draw, index) => draw[here]! - b.draws[index]![there]!));
  return {
    value: a.terms[here]!.costNs - b.terms[there]!.costNs,
    low: quantile(drawn, 0.05),
    high: quantile(drawn, 0.95),
  };
}
