import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { type KnownFlags, snippetsOf } from "../../../src/report/tune/snippets.ts";
import { PRESENT, PRESENT_ID } from "../../model/tune/made-costs.ts";

const KNOWN: KnownFlags = {
  version: "go-20260905",
  names: new Set(["platform", "network", "oci-seccomp", "directfs", "overlay2"]),
};
const made = (parts = {}, extra: string[] = [], known = KNOWN) =>
  snippetsOf(PRESENT_ID, { ...PRESENT, ...parts }, extra, known);
const text = ({ snippets }: ReturnType<typeof made>, title: string) =>
  snippets.find((snippet) => snippet.title === title)!.text;

describe("a configuration to be set", () => {
  test("as a command", () => {
    expect(text(made({ seccomp: "default" }), "runsc")).toBe(
      "runsc --platform=systrap --network=sandbox --oci-seccomp=true run --bundle BUNDLE CONTAINER-ID",
    );
  });

  test("as containerd's files, which are TOML", () => {
    const snippets = made({ network: "host" }, ["--directfs=false"]);
    expect(parse(text(snippets, "containerd: its flags"))).toEqual({
      runsc_config: { platform: "systrap", network: "host", directfs: "false" },
    });
    expect(parse(text(snippets, "containerd: the runtime"))).toEqual({
      version: 2,
      plugins: {
        "io.containerd.grpc.v1.cri": {
          containerd: {
            runtimes: {
              runsc: {
                runtime_type: "io.containerd.runsc.v1",
                options: {
                  TypeUrl: "io.containerd.runsc.v1.options",
                  ConfigPath: "/etc/containerd/runsc.toml",
                },
              },
            },
          },
        },
      },
    });
  });

  test("as Docker's file, which is JSON", () => {
    expect(JSON.parse(text(made({}, ["--overlay2=none"]), "Docker"))).toEqual({
      runtimes: {
        runsc: {
          path: "/usr/local/bin/runsc",
          runtimeArgs: ["--platform=systrap", "--network=sandbox", "--overlay2=none"],
        },
      },
    });
  });

  test("a value with quotes and spaces survives each of them", () => {
    const snippets = made({}, [`--overlay2=root:dir=/a "b" 'c'\\d`]);
    const value = `root:dir=/a "b" 'c'\\d`;
    expect(parse(text(snippets, "containerd: its flags"))).toMatchObject({
      runsc_config: { overlay2: value },
    });
    expect(JSON.parse(text(snippets, "Docker")).runtimes.runsc.runtimeArgs).toContain(`--overlay2=${value}`);
    expect(text(snippets, "runsc")).toContain(`'--overlay2=root:dir=/a "b" '\\''c'\\''\\d'`);
  });

  test("of two settings of one flag the last one stands", () => {
    expect(made({}, ["--directfs=false", "--directfs"]).flags).toEqual([
      "--platform=systrap",
      "--network=sandbox",
      "--directfs=true",
    ]);
  });

  test("a flag that the runsc does not know is left out, and said to be", () => {
    const { flags, notes } = made({}, ["--vfs2=true"]);
    expect(flags).toEqual(["--platform=systrap", "--network=sandbox"]);
    expect(notes.join("\n")).toContain("left out, as runsc go-20260905 does not know them: --vfs2=true");
  });

  test("flags that could not be checked say so", () => {
    const { flags, notes } = made({}, ["--vfs2=true"], { version: "1.0", names: null });
    expect(flags).toContain("--vfs2=true");
    expect(notes[0]).toContain("not checked");
  });

  test("another sandbox has no flags of runsc", () => {
    const runc = made({ sandbox: "runc", platform: null });
    expect(runc.snippets).toEqual([]);
    expect(runc.notes[0]).toContain("by default");
  });
});
