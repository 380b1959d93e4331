import { expect, test } from "vitest";
import { descriptorKind } from "../../src/profile/descriptor-kind.ts";
import { StraceTargets } from "../../src/profile/strace-target.ts";

test.each([
  ["/etc/passwd", "file"],
  ["/dev/shm/x", "file"],
  ["/dev/null", "device"],
  ["/dev/null<char 1:3>", "device"],
  ["/dev/pts/0", "tty"],
  ["/proc/self/status", "proc"],
  ["/sys/kernel/mm", "proc"],
  ["/memfd:sealed (deleted)", "anon"],
  ["pipe:[4711]", "pipe"],
  ["socket:[4712]", "socket"],
  ["TCP:[127.0.0.1:80->127.0.0.1:40000]", "socket"],
  ["UNIX-STREAM:[12->13]", "socket"],
  ["anon_inode:[eventpoll]", "epoll"],
  ["anon_inode:[eventfd]", "eventfd"],
  ["anon_inode:[timerfd]", "anon"],
])("%s is a %s", (note, kind) => {
  expect(descriptorKind(note)).toBe(kind);
});

const opened = (note: string) => ({ returned: 3, note, error: null, insideNs: 1 });

test("a folder is known as one once it was opened or read as one", () => {
  const targets = new StraceTargets();
  expect(targets.targetOf("newfstatat", '3</etc>, "", 0x7f, AT_EMPTY_PATH', null)).toBe("file");
  expect(targets.targetOf("getdents64", "3</etc>, 0x7f, 32768", null)).toBe("dir");
  expect(targets.targetOf("close", "3</etc>", null)).toBe("dir");
  expect(targets.targetOf("openat", 'AT_FDCWD</>, "/usr", O_RDONLY|O_DIRECTORY', opened("/usr"))).toBe("dir");
  expect(targets.targetOf("openat", '4</var>, "log", O_RDONLY', opened("/var/log"))).toBe("dir");
});

test("a call that makes a descriptor counts by what it made", () => {
  const targets = new StraceTargets();
  expect(targets.targetOf("openat", 'AT_FDCWD</>, "/proc/stat", O_RDONLY', opened("/proc/stat"))).toBe(
    "proc",
  );
  expect(targets.targetOf("socket", "AF_INET, SOCK_STREAM, 0", opened("socket:[1]"))).toBe("socket");
  expect(targets.targetOf("unlink", '"/tmp/x"', null)).toBe("none");
});

test("a map counts by what it maps", () => {
  const targets = new StraceTargets();
  expect(targets.targetOf("mmap", "NULL, 4096, PROT_READ, MAP_PRIVATE, 3</lib/x.so>, 0", null)).toBe("file");
  expect(targets.targetOf("mmap", "NULL, 4096, PROT_READ, MAP_ANONYMOUS, -1, 0", null)).toBe("anon");
});
