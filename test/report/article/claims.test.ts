import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { cellId } from "../../../src/plan/cell.ts";
import { articleRun } from "../../../src/report/article/article-run.ts";
import { CLAIM_GROUPS, checkArticle } from "../../../src/report/article/check-article.ts";
import { COST_CLASSES } from "../../../src/report/article/claims/classes.ts";
import type { Formula, Measurement } from "../../../src/report/article/formula.ts";
import { judge } from "../../../src/report/article/judge.ts";
import { KVM_REASON, type MadeRun, METRICS, madeRun, plannedCells } from "./made-run.ts";

const CLAIMS = CLAIM_GROUPS.flatMap(({ claims }) => claims);

const OPTIONS = {
  "runsc flags": { version: "1", options: ["network", "oci-seccomp", "platform"], reason: null },
  "runsc help run": { version: "1", options: ["bundle"], reason: null },
  "unshare --help": { version: "2", options: ["mount", "user"], reason: null },
};

/** Everything that claims and classes ask of a run. */
function askedFormulas(): Formula[] {
  const asked: Formula[] = COST_CLASSES.flatMap(({ measured }) => measured.map(({ formula }) => formula));
  const measure = (formula: Formula): Measurement => {
    asked.push(formula);
    return { formula: "", unit: "ns", value: 1, low: 1, high: 1, n: 15, missing: null, text: "" };
  };
  for (const claim of CLAIMS) judge(claim, { measure, options: () => null });
  return asked;
}

function quantities() {
  return askedFormulas().flatMap((formula) => [
    formula.of,
    ...("over" in formula ? [formula.over] : []),
    ...("minus" in formula ? [formula.minus] : []),
  ]);
}

describe("the preset", () => {
  const planned = plannedCells()
    .filter(({ status }) => status === "planned")
    .map(({ id }) => id);

  test("runs every cell that a claim names", () => {
    const missing = quantities().filter(
      ({ config, scenario }) => !planned.includes(cellId(config, scenario)),
    );
    expect(missing).toEqual([]);
  });

  test("runs no other cell", () => {
    const named = new Set(quantities().map(({ config, scenario }) => cellId(config, scenario)));
    expect(planned.filter((id) => !named.has(id))).toEqual([]);
  });

  test("times every operation that a claim names, and no other", () => {
    const named = Map.groupBy(quantities(), ({ scenario }) => scenario);
    for (const [scenario, list] of named) {
      expect([...new Set(list.map(({ metric }) => metric))].toSorted(), scenario).toEqual(
        METRICS[scenario]!.toSorted(),
      );
    }
  });

  test.each(["syscalls", "goroutines", "network"])(
    "asks the scenario %s for these operations",
    async (name) => {
      const { default: definition } = await import(`../../../scenarios/${name}/scenario.ts`);
      expect(definition.presets.article.ops).toEqual(METRICS[name]);
    },
  );
});

test("no id is used twice", () => {
  const ids = CLAIMS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

/** A host on which the article is right wherever it can be. */
const AS_CLAIMED: MadeRun["figures"] = (config, metric) => {
  const native = config.sandbox === "native";
  const kvm = config.platform === "kvm";
  if (metric === "ready") return config.sandbox === "runsc" ? 120e6 : 50e6;
  if (metric.includes("@")) return config.sandbox === "runsc" ? 40e6 : 10e6;
  if (metric === "read-4k-tmpfs") return native ? 39.1e3 : readAsClaimed(config);
  if (metric === "getpid") return native ? 100 : kvm ? 270 : config.platform === "systrap" ? 1_015 : 740;
  if (metric.startsWith("clock")) return 100;
  if (metric === "unsynchronised-10") return 2_400;
  if (metric === "atomic-10") return 3_100;
  if (metric === "atomic-100") return 3_270;
  if (metric === "torn-reads") return 3;
  return 50;
};

function readAsClaimed({ platform, network, seccomp }: Configuration): number {
  if (platform === "kvm") return 63e3;
  if (network === "sandbox") return 182e3;
  return seccomp === "none" ? 51e3 : 63e3;
}

function verdicts(made: MadeRun): Record<string, string> {
  const checked = checkArticle(madeRun({ ...made, manifest: { toolOptions: OPTIONS, ...made.manifest } }))!;
  return Object.fromEntries(
    checked.groups.flatMap(({ claims }) => claims).map(({ id, verdict }) => [id, verdict]),
  );
}

describe("made-up hosts", () => {
  test("where the figures are the article's, they hold", () => {
    expect(verdicts({ figures: AS_CLAIMED })).toMatchObject({
      "start-up-docker": "unmeasured",
      "start-up-runsc": "holds",
      "start-up-ratio": "holds",
      memory: "holds",
      "read-native": "holds",
      "read-default": "holds",
      "read-default-ratio": "holds",
      "read-kvm": "holds",
      "read-kvm-ratio": "holds",
      "read-network": "holds",
      "read-filter": "holds",
      "trap-software": "fails",
      "trap-kvm": "holds",
      "trap-ratio": "holds",
      "unsynchronised-10": "holds",
      "atomic-10": "holds",
      "atomic-cost": "holds",
      "atomic-100": "holds",
      "atomic-scaling": "holds",
      tearing: "holds",
      vdso: "holds",
    });
  });

  test("where nothing differs, the settings cannot have the effects that the article gives them", () => {
    expect(verdicts({ figures: () => 100 })).toMatchObject({
      "read-network": "impossible",
      "read-filter": "fails",
      "filter-kernel": "impossible",
      "filter-sentry": "impossible",
      "start-up-runsc": "fails",
      memory: "fails",
      interception: "fails",
    });
  });

  test("where a whole call takes longer than 12 µs, a filter could save so much, and is judged by what it saves", () => {
    const figures: MadeRun["figures"] = ({ sandbox, seccomp }) => {
      if (sandbox !== "runsc") return 100;
      return seccomp === "default" ? 32_000 : 20_000;
    };
    expect(verdicts({ figures })).toMatchObject({ "filter-sentry": "holds", "filter-kernel": "impossible" });
  });

  test("without kvm, and only there, kvm's figures could not be measured", () => {
    const unmeasured = Object.entries(verdicts({ figures: AS_CLAIMED, hasKvm: false }))
      .filter(([, verdict]) => verdict === "unmeasured")
      .map(([id]) => id);
    expect(unmeasured).toEqual(["start-up-docker", "read-kvm", "read-kvm-ratio", "trap-kvm", "trap-ratio"]);
  });

  test("with too few rounds no number has a verdict; what needs no figure keeps its own", () => {
    const found = verdicts({ figures: AS_CLAIMED, rounds: 3 });
    const judged = Object.entries(found).filter(([, verdict]) => verdict !== "unmeasured");
    expect(judged.map(([id]) => id)).toEqual([
      "read-unfiltered",
      "read-unfiltered-ratio",
      "runsc-run-mount",
      "runsc-memory",
      "runsc-seccomp-profile",
      "unshare-capabilities",
    ]);
  });

  test("a runsc whose filter has a switch is judged by its figure", () => {
    const flags = { ...OPTIONS["runsc flags"], options: ["oci-seccomp", "disable-seccomp"] };
    const toolOptions = { ...OPTIONS, "runsc flags": flags };
    expect(verdicts({ figures: AS_CLAIMED, manifest: { toolOptions } })["read-unfiltered"]).toBe("holds");
  });

  test("an emulated processor yields no verdict on any number", () => {
    const found = verdicts({ figures: AS_CLAIMED, manifest: { emulated: true } });
    expect(found["start-up-runsc"]).toBe("unmeasured");
    expect(Object.values(found)).not.toContain("holds");
  });
});

describe("the check", () => {
  const run = madeRun({ figures: AS_CLAIMED, hasKvm: false, manifest: { toolOptions: OPTIONS } });

  test("is of a run of the preset only, and of one configuration", () => {
    expect(checkArticle(madeRun({ figures: AS_CLAIMED, manifest: { preset: "quick" } }))).toBeNull();
    const sides = { a: {}, b: {} } as NonNullable<MadeRun["manifest"]>["sides"];
    expect(checkArticle(madeRun({ figures: AS_CLAIMED, manifest: { sides: sides! } }))).toBeNull();
  });

  test("counts every claim once", () => {
    const { counts } = checkArticle(run)!;
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(CLAIMS.length);
  });

  test("never shows a figure without its interval and n", () => {
    const { groups, classes } = checkArticle(run)!;
    const shown = [
      ...groups.flatMap(({ claims }) => claims).flatMap(({ decides, beside }) => [decides, ...beside]),
      ...classes.flatMap(({ measured }) => measured),
    ];
    for (const one of shown) {
      if (one === null || one.measurement.missing !== null) continue;
      expect(one.measurement.text).toMatch(/ \[.+\] n=15$/);
    }
  });

  test("is the same after a journey through JSON", () => {
    const check = checkArticle(run);
    expect(JSON.parse(JSON.stringify(check))).toEqual(check);
  });

  test("holds a place for the fitted terms of a model", () => {
    const fitted = { mapping: [{ label: "a fault", text: "1.00 µs [0.90, 1.10] n=15" }] };
    const { classes } = checkArticle(run, fitted)!;
    expect(classes.map((one) => one.fitted)).toEqual([[], [], fitted.mapping]);
  });

  test("names kvm's reason", () => {
    expect(articleRun(run).measure(COST_CLASSES[0]!.measured[2]!.formula).missing).toContain(KVM_REASON);
  });
});
