import { expect, test } from "vitest";
import { GROUP_NAMES } from "../../../src/model/term-groups.ts";
import { themeConfig } from "../../../src/report/kit/theme.ts";

test.each(["light", "dark"] as const)(
  "%s: each group of terms and what is not told apart have a colour of their own",
  (theme) => {
    const { params } = themeConfig(theme) as { params: { name: string; value: string[] }[] };
    const colours = params.find(({ name }) => name === "groupColours")!.value;
    expect(new Set(colours).size).toBe(GROUP_NAMES.length + 1);
    expect(colours).toHaveLength(GROUP_NAMES.length + 1);
  },
);
