import { expect, test } from "vitest";
import { openedFile } from "../../src/profile/opened-file.ts";
import { StraceReader } from "../../src/profile/strace-reader.ts";
import { TraceAccumulator } from "../../src/profile/trace-totals.ts";

const result = (note: string | null, returned = 3) => ({ returned, note, error: null, insideNs: 1 });

test("a file that was opened is told by what its descriptor refers to", () => {
  expect(openedFile("openat", 'AT_FDCWD, "x.py", O_RDONLY', result("/srv/app/x.py"))).toEqual({
    path: "/srv/app/x.py",
    isWritten: false,
  });
  expect(openedFile("openat", 'AT_FDCWD, "out", O_WRONLY|O_CREAT', result("/srv/out"))?.isWritten).toBe(true);
  expect(openedFile("execve", '"/srv/run.sh", ["run.sh"], 0x1 /* 4 vars */', result(null, 0))?.path).toBe(
    "/srv/run.sh",
  );
});

test("bytes beyond ASCII are read as the text that they are", () => {
  expect(openedFile("open", '"…", O_RDONLY', result(String.raw`/srv/\303\244.txt`))?.path).toBe("/srv/ä.txt");
});

test("what every sandbox has is left out", () => {
  for (const path of ["/usr/lib/x.so", "/etc/passwd", "/dev/null", "/proc/self/maps", "/", "pipe:[4]"])
    expect(openedFile("openat", '"x", O_RDONLY', result(path))).toBeNull();
  expect(openedFile("read", "3</srv/x>", result(null, 10))).toBeNull();
});

test("a trace tells the files that were there before from those that the program made", () => {
  const trace = new TraceAccumulator({ insideNs: 0, betweenNs: 0 });
  const reader = new StraceReader((event) => trace.add(event));
  const lines = [
    'openat(AT_FDCWD</srv>, "in", O_RDONLY) = 3</srv/in> <0.000000001>',
    'openat(AT_FDCWD</srv>, "made", O_RDWR|O_CREAT, 0600) = 4</srv/made> <0.000000001>',
    'openat(AT_FDCWD</srv>, "made", O_RDONLY) = 5</srv/made> <0.000000001>',
    'openat(AT_FDCWD</srv>, "gone", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000000001>',
  ];
  for (const line of lines) reader.line(`7 1.000000001 ${line}`);
  const { read, written } = trace.totals().files;
  expect([[...read], [...written]]).toEqual([["/srv/in"], ["/srv/made"]]);
});
