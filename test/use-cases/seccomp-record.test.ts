import { beforeEach, expect, test, vi } from "vitest";
import { recordFilters } from "../../src/use-cases/seccomp-record.ts";
import { fakeConfig, recordingContext, useFolder } from "./lab.ts";

const recorded = vi.hoisted((): string[] => []);
vi.mock("../../src/run/record-filter.ts", async (original) => ({
  ...(await original<object>()),
  recordFilter: async ({ as }: { as: string }) => {
    recorded.push(as);
    return { file: `/${as}/seccomp.json`, recorded: ["read"], allowed: 40, unnamed: [] };
  },
}));

const folder = useFolder();
const asked = (...scenarios: string[]) => ({ config: fakeConfig(folder.path), scenarios });
beforeEach(() => {
  recorded.length = 0;
});

test("records the scenarios that were named, one after another, and says which", async () => {
  const context = recordingContext();
  const filters = await recordFilters(asked("startup", "syscalls"), context);
  expect(filters.map(({ scenario, file }) => [scenario, file])).toEqual([
    ["startup", "/startup/seccomp.json"],
    ["syscalls", "/syscalls/seccomp.json"],
  ]);
  expect(context.events.map((event) => event.type === "note" && event.message)).toEqual([
    "recording startup …",
    "recording syscalls …",
  ]);
});

test.each([
  ["one that has no program of its own", "program", /No filter can be generated/],
  ["one that there is not", "nonesuch", /nonesuch/],
])("records nothing where one can't be: %s", async (_, name, why) => {
  await expect(recordFilters(asked("startup", name), recordingContext())).rejects.toThrow(why);
  expect(recorded).toEqual([]);
});

test("without names all are recorded that always run the same program", async () => {
  const filters = await recordFilters(asked(), recordingContext());
  expect(filters.length).toBeGreaterThan(3);
  expect(recorded).not.toContain("program");
});
