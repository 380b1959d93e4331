/** What the emulator and the fitted line predict, against timing the same filters: cached and not, list and tree. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OciSeccomp } from "../../src/sandbox/seccomp/oci-profile.ts";
import { X86_64_CALLS } from "../../src/seccomp/lint/names.ts";
import { costOfFilter } from "../../src/use-cases/seccomp/cost.ts";

const GOAL = { share: 0.15, ns: 25 };

function profileOf(length: number, withArgument: boolean): OciSeccomp {
  const condition = { index: 0, value: 0, valueTwo: 0, op: "SCMP_CMP_EQ" as const };
  const allow = (names: string[], args: (typeof condition)[] = []) => ({
    ...{ names, action: "SCMP_ACT_ALLOW" as const, args },
  });
  const others = X86_64_CALLS.filter((name) => name !== "getppid").slice(0, length);
  return {
    defaultAction: "SCMP_ACT_ERRNO",
    syscalls: [allow(others), allow(["getppid"], withArgument ? [condition] : [])],
  };
}

export async function benchCost(dir: string): Promise<string> {
  const lines: string[] = [];
  let [right, all] = [0, 0];
  for (const length of [30, 120, 340]) {
    for (const withArgument of [false, true]) {
      const file = join(dir, `${length}-${withArgument}.json`);
      writeFileSync(file, JSON.stringify(profileOf(length, withArgument)));
      const cost = await costOfFilter(
        { file, measure: true },
        { say: () => {}, abort: new AbortController().signal },
      );
      for (const { shape, timed } of cost.shapes) {
        for (const { name, executed, isCached, predictedNs, measuredNs } of timed) {
          const error = Math.abs(predictedNs - measuredNs.median);
          const isNear = error <= Math.max(GOAL.ns, GOAL.share * measuredNs.median);
          all += 1;
          if (isNear) right += 1;
          lines.push(
            `| ${length}${withArgument ? ", an argument" : ""} | ${shape} | ${name} | ${executed}${isCached ? ", bitmap" : ""} | ${predictedNs.toFixed(0)} | ${measuredNs.median.toFixed(0)} [${measuredNs.low.toFixed(0)}, ${measuredNs.high.toFixed(0)}] | ${isNear ? "yes" : "no"} |`,
          );
        }
      }
    }
  }
  return `${[
    "| calls | shape | call | instructions | predicted ns | measured ns, n = 6 | within 15 % or 25 ns |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    `${right} of ${all} predictions within the goal.`,
  ].join("\n")}\n`;
}
