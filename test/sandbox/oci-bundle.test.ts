import { describe, expect, test } from "vitest";
import { ociConfig } from "../../src/sandbox/oci-bundle.ts";
import type { OciSeccomp } from "../../src/sandbox/seccomp/oci-profile.ts";
import { cellRequest } from "./requests.ts";

type Config = {
  process: {
    user: { uid: number };
    capabilities: Record<string, string[]>;
    noNewPrivileges: boolean;
    env: string[];
  };
  root: { path: string; readonly: boolean };
  mounts: { destination: string; type: string; options?: string[] }[];
  linux: { namespaces: { type: string; path?: string }[]; resources?: unknown; seccomp?: unknown };
};

function bundle(request = cellRequest({}), options: { isRoot?: boolean; seccomp?: OciSeccomp } = {}): Config {
  const { isRoot = true, seccomp = null } = options;
  return ociConfig(request, { seccomp, isRoot, limits: isRoot }) as unknown as Config;
}

const network = (config: Config) => config.linux.namespaces.filter(({ type }) => type === "network");

test("the root is read-only; tmp and scratch are tmpfs of a bounded size, bind is the host's folder", () => {
  const { root, mounts } = bundle();
  expect(root).toEqual({ path: "/cache/rootfs", readonly: true });
  for (const destination of ["/tmp", "/scratch"]) {
    const mount = mounts.find((one) => one.destination === destination);
    expect(mount?.type).toBe("tmpfs");
    expect(mount?.options?.some((option) => option.startsWith("size="))).toBe(true);
  }
  expect(mounts.find((one) => one.destination === "/bind")?.type).toBe("bind");
});

test("folders of the host are at their own paths, read-only unless writable was asked for", () => {
  const binds = [
    { path: "/usr", readOnly: true },
    { path: "/srv/data", readOnly: false },
  ];
  const { mounts } = bundle(cellRequest({}, { binds }));
  const bound = mounts.filter(({ options }) => options?.includes("rbind"));
  expect(bound.map(({ destination, options }) => [destination, options?.[1]])).toEqual([
    ["/usr", "ro"],
    ["/srv/data", "rw"],
  ]);
});

test("no capability, no new privileges, and nobody's uid", () => {
  const { process } = bundle();
  expect(Object.values(process.capabilities).flat()).toEqual([]);
  expect(process.noNewPrivileges).toBe(true);
  expect(process.user.uid).toBe(65534);
});

describe("network", () => {
  test("none: a namespace of its own", () => {
    expect(network(bundle(cellRequest({ network: "none" })))).toEqual([{ type: "network" }]);
  });

  test("host: no namespace at all", () => {
    expect(network(bundle(cellRequest({ network: "host" })))).toEqual([]);
  });

  test("sandbox: the wire's namespace by its path", () => {
    const request = cellRequest({ network: "sandbox" }, { netnsPath: "/scratch/netns-sandbox" });
    expect(network(bundle(request))).toEqual([{ type: "network", path: "/scratch/netns-sandbox" }]);
  });
});

test("limits are in the kernel's units: bytes, a quota of a period of 100 ms", () => {
  expect(bundle().linux.resources).toEqual({
    memory: { limit: 2 ** 20 },
    pids: { limit: 64 },
    cpu: { period: 100_000, quota: 150_000 },
  });
});

test("a plain user's bundle has no limits, and root inside is that user", () => {
  const config = bundle(cellRequest({}), { isRoot: false });
  expect(config.linux.resources).toBeUndefined();
  expect(config.process.user.uid).toBe(0);
});

test("the filter goes in as it is, and none where there is none", () => {
  const seccomp = { defaultAction: "SCMP_ACT_ERRNO", syscalls: [] } as unknown as OciSeccomp;
  expect(bundle(cellRequest({}), { seccomp }).linux.seccomp).toEqual(seccomp);
  expect(bundle().linux).not.toHaveProperty("seccomp");
});

test("the program finds its folders where the protocol says", () => {
  expect(bundle().process.env).toEqual(
    expect.arrayContaining([
      "SBX_PARAMS={}",
      "SBX_DIR_ROOT=/data",
      "SBX_DIR_BIND=/bind",
      "SBX_DIR_TMPFS=/scratch",
    ]),
  );
});
