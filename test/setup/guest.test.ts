import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PretendHost } from "./pretend-host.ts";

let host: PretendHost;
beforeEach(() => {
  host = new PretendHost();
  host.remove("home/.cache/sbx-bench/tools/guest");
});
afterEach(() => host.remove("."));

/** A Debian with two cloud kernels; a package's content is what dpkg-deb "unpacks" for its name. */
function withDebian(): void {
  host.command(
    "apt-get",
    `echo "$*" >>"${host.folder}/calls"; case "$*" in *download*) for p in busybox a b; do : >"$p.deb"; done;; esac`,
  );
  host.command(
    "apt-cache",
    `case "$*" in
*depends*) echo "  Depends: linux-image-6.1.0-9-cloud-amd64" ;;
*pkgnames*) printf '%s\\n' linux-image-6.12.9-cloud-amd64 linux-image-6.12.9-cloud-amd64-unsigned linux-image-6.1.0-9-cloud-amd64 ;;
esac`,
  );
  host.command(
    "dpkg-deb",
    `mkdir -p "$3/bin" "$3/boot"
printf '#!/bin/sh\\necho unpacked\\n' >"$3/bin/busybox"
chmod +x "$3/bin/busybox"
for release in 6.1.0-9-cloud-amd64 6.12.9-cloud-amd64; do
  mkdir -p "$3/lib/modules/$release/kernel"
  echo image >"$3/boot/vmlinuz-$release"
  echo plain >"$3/lib/modules/$release/kernel/kvm.ko"
  echo packed >"$3/lib/modules/$release/kernel/kvm-amd.ko.xz"
  echo unused >"$3/lib/modules/$release/kernel/ext4.ko"
done`,
  );
}

const guest = (...path: string[]) => join(host.tools, "guest/current", ...path);

describe("the kernels of the kvm tests", () => {
  test("are for the tests only", () => {
    withDebian();
    expect(host.run("setup.sh").status).toBe(0);
    expect(host.calls).toEqual([]);
    expect(existsSync(guest())).toBe(false);
  });

  test("are the release's own and the newest, unpacked beside the other tools and not installed", () => {
    withDebian();
    const { status, stderr } = host.run("setup.sh", "--with-tests");
    expect(stderr).toContain("Debian packages, unpacked, not installed");
    expect(status).toBe(0);
    expect(host.calls.some((call) => / install /.test(call))).toBe(false);
    expect(host.calls.at(-1)).toMatch(
      /download busybox-static linux-image-6\.1\.0-9-cloud-amd64 linux-image-6\.12\.9-cloud-amd64$/,
    );
    expect(readdirSync(guest("kernels")).toSorted()).toEqual(["6.1.0-9-cloud-amd64", "6.12.9-cloud-amd64"]);
  });

  test("keep only the modules that are loaded, unpacked by busybox where they are packed", () => {
    withDebian();
    host.run("setup.sh", "--with-tests");
    const modules = guest("kernels/6.12.9-cloud-amd64/modules");
    expect(readdirSync(modules).toSorted()).toEqual(["kvm-amd.ko", "kvm.ko"]);
    expect(readFileSync(join(modules, "kvm-amd.ko"), "utf8")).toBe("unpacked\n");
  });

  test("are fetched once", () => {
    withDebian();
    host.run("setup.sh", "--with-tests");
    const before = host.calls.length;
    expect(host.run("setup.sh", "--with-tests").stderr).toMatch(/^setup: everything is there/);
    expect(host.calls).toHaveLength(before);
  });

  test("that can't be had are no reason to do without the other tests", () => {
    withDebian();
    host.command("apt-get", "echo no network >&2; exit 1");
    const { status, stderr } = host.run("setup.sh", "--with-tests");
    expect(stderr).toContain("the kvm tests will be skipped");
    expect(status).toBe(0);
    expect(existsSync(guest())).toBe(false);
  });
});
