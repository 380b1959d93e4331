import { expect, test } from "vitest";
import { absolutePaths } from "../../src/workload/host-paths.ts";

test("with a work folder, what the program looks up starts in its copy of it", () => {
  const params = { argv: ["./run.sh"], binds: [], work: "fixtures", cwd: "sub", stdin: "in.txt" };
  expect(absolutePaths(params, "/project")).toEqual({ ...params, work: "/project/fixtures" });
});

test("without one, it starts at the configuration's folder", () => {
  const params = {
    argv: ["../bin/tool", "a/b"],
    binds: ["../data:ro"],
    work: "",
    cwd: "sub",
    stdin: "in.txt",
  };
  expect(absolutePaths(params, "/project/ci")).toEqual({
    argv: ["/project/bin/tool", "a/b"],
    binds: ["/project/data:ro"],
    work: "",
    cwd: "/project/ci/sub",
    stdin: "/project/ci/in.txt",
  });
});

test("names without a slash, absolute paths and empty ones stay", () => {
  const params = { argv: ["gzip", "-c"], binds: ["system", "/srv:rw"], work: "", cwd: "", stdin: "" };
  expect(absolutePaths(params, "/project")).toEqual(params);
});
