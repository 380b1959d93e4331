import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ArticleCheck } from "../../src/report/article/check-article.ts";
import { useLab, whyNot } from "./lab.ts";

const why = whyNot();
const lab = useLab();

describe.skipIf(why !== null)(
  `the preset article on real sandboxes${why === null ? "" : ` (${why})`}`,
  () => {
    test("a part of it runs, and what was left out is no verdict", async () => {
      const { code, summary } = await lab.current.run({
        preset: "article",
        matrix: { sandbox: ["native", "unshare", "runsc"], platform: ["systrap"], network: ["none", "host"] },
        scenarios: ["syscalls"],
        rounds: 6,
      });
      expect(code).toBe(0);
      const file = join(lab.current.out, summary.runId, "article.json");
      const check = JSON.parse(readFileSync(file, "utf8")) as ArticleCheck;
      const claims = new Map(check.groups.flatMap((group) => group.claims).map((one) => [one.id, one]));

      // A read from memory takes neither 39 µs nor 12 µs on any machine that this runs on.
      expect(claims.get("read-native")).toMatchObject({
        verdict: "fails",
        measured: expect.stringMatching(/n=6$/),
      });
      expect(claims.get("filter-kernel")?.verdict).toBe("impossible");
      // Asked of this host's runsc and unshare.
      expect(claims.get("runsc-seccomp-profile")?.verdict).toBe("impossible");
      expect(claims.get("unshare-capabilities")?.verdict).toBe("impossible");
      // Not in this matrix.
      expect(claims.get("trap-kvm")).toMatchObject({ verdict: "unmeasured", measured: "not in this run" });
      expect(claims.get("start-up-runsc")).toMatchObject({
        verdict: "unmeasured",
        measured: "not in this run",
      });
    });
  },
);
