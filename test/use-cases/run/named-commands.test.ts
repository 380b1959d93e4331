import { expect, test } from "vitest";
import type { SbxError } from "../../../src/base/errors.ts";
import { namedCommands } from "../../../src/use-cases/run/named-commands.ts";

const refusal = (words: string[], programs: string[]): SbxError => {
  try {
    namedCommands(words, programs);
  } catch (error) {
    return error as SbxError;
  }
  return expect.unreachable();
};

test("a program is called by its file, or as it is asked to be", () => {
  expect(namedCommands(["/usr/bin/my tool", "-x"], ["zip=gzip -k a", "sum=sha256sum a", "cat a"])).toEqual([
    { name: "zip", command: ["gzip", "-k", "a"] },
    { name: "sum", command: ["sha256sum", "a"] },
    { name: "cat", command: ["cat", "a"] },
    { name: "my-tool", command: ["/usr/bin/my tool", "-x"] },
  ]);
});

test("names that ids can't have become ones that they can", () => {
  expect(namedCommands([".."], [])[0]?.name).toBe("program");
  expect(namedCommands(["./ÄÖ"], [])[0]?.name).toBe("-");
});

test("two programs of one name are refused", () => {
  expect(refusal(["gzip", "a"], ["gzip b"]).what).toBe("Two programs are called gzip");
});

test.each([
  ["zip=", "There is no command in it."],
  ["zip=a | b", "Only a shell knows what | means."],
])("--program %s is refused", (given, why) => {
  expect(refusal([], [given])).toMatchObject({ what: `--program ${given}: not a command`, why });
});
