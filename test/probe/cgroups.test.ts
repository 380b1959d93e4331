import { expect, test } from "vitest";
import { detectCgroups } from "../../src/probe/cgroups.ts";
import { fakeHost } from "./fake-host.ts";

const V1_MOUNTS = [
  "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
  "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct",
  "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
  "39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids",
  "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd",
];
const UNIFIED_BESIDE = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";
const V1_OWN = "5:name=systemd:/\n4:memory:/a/b\n3:pids:/\n1:cpu,cpuacct:/\n0::/";

const V2 = {
  "proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate",
  "proc/self/cgroup": "0::/user.slice/session-1.scope",
  "sys/fs/cgroup/cgroup.controllers": "cpuset cpu io memory pids",
  "sys/fs/cgroup/user.slice/session-1.scope/cgroup.controllers": "memory pids",
};

test("v1 only", () => {
  const found = detectCgroups(
    fakeHost({ "proc/self/mountinfo": V1_MOUNTS.join("\n"), "proc/self/cgroup": V1_OWN }),
  );
  expect(found.version).toBe("v1");
  expect(found.controllers.memory).toEqual({
    version: 1,
    mountPoint: "/sys/fs/cgroup/memory",
    ownPath: "/a/b",
    writable: false,
  });
});

test("hybrid: controllers on v1, an empty unified tree beside them", () => {
  const found = detectCgroups(
    fakeHost({
      "proc/self/mountinfo": [...V1_MOUNTS, UNIFIED_BESIDE].join("\n"),
      "proc/self/cgroup": V1_OWN,
      "sys/fs/cgroup/unified/cgroup.controllers": "hugetlb",
    }),
  );
  expect(found.version).toBe("hybrid");
  expect(found.controllers.pids?.version).toBe(1);
  expect(found.cpuacct?.mountPoint).toBe("/sys/fs/cgroup/cpu,cpuacct");
});

test("v2: a controller counts as there when the root of the hierarchy offers it", () => {
  const found = detectCgroups(fakeHost(V2));
  expect(found.version).toBe("v2");
  expect(found.controllers.cpu).toEqual({
    version: 2,
    mountPoint: "/sys/fs/cgroup",
    ownPath: "/user.slice/session-1.scope",
    writable: true,
  });
  expect(found.cpuacct).toEqual(found.controllers.cpu);
});

test("systemd's named hierarchy alone is no v1", () => {
  const mountinfo = [V1_MOUNTS[4], UNIFIED_BESIDE].join("\n");
  expect(
    detectCgroups(fakeHost({ "proc/self/mountinfo": mountinfo, "proc/self/cgroup": "0::/" })).version,
  ).toBe("v2");
});

test("no cgroups at all", () => {
  const found = detectCgroups(fakeHost({}));
  expect(found.version).toBe("none");
  expect(found.controllers).toEqual({ memory: null, pids: null, cpu: null });
});

test("inside a container the mount shows only a part of the hierarchy", () => {
  const found = detectCgroups(
    fakeHost({
      "proc/self/mountinfo": "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory",
      "proc/self/cgroup": "4:memory:/docker/abc/inner",
    }),
  );
  expect(found.controllers.memory?.ownPath).toBe("/inner");
});

test("the tightest quota on the way up counts, on v1", () => {
  const found = detectCgroups(
    fakeHost({
      "proc/self/mountinfo": V1_MOUNTS.join("\n"),
      "proc/self/cgroup": V1_OWN.replace("cpu,cpuacct:/", "cpu,cpuacct:/job"),
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000",
      "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "150000",
      "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
      "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "1000",
      "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "2000",
      "sys/fs/cgroup/pids/pids.max": "max",
    }),
  );
  expect(found.quota).toEqual({ cpus: 1.5, memoryBytes: 1000, pids: null });
});

test("quotas on v2", () => {
  const own = "sys/fs/cgroup/user.slice/session-1.scope";
  const found = detectCgroups(
    fakeHost({
      ...V2,
      [`${own}/cpu.max`]: "50000 100000",
      [`${own}/memory.max`]: "max",
      [`${own}/pids.max`]: "64",
    }),
  );
  expect(found.quota).toEqual({ cpus: 0.5, memoryBytes: null, pids: 64 });
});
