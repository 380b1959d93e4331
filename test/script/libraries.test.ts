import { expect, test } from "vitest";
import { parseLibraries } from "../../src/script/libraries.ts";

const LDD = `	linux-vdso.so.1 (0x00007ffc)
	libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f3f)
	/lib64/ld-linux-x86-64.so.2 (0x00007f40)
`;

test("libraries and the loader stand where the program looks for them, without the kernel's own", () => {
  expect(parseLibraries(LDD, (path) => `/usr${path}`)).toEqual({
    "/lib/x86_64-linux-gnu/libm.so.6": "/usr/lib/x86_64-linux-gnu/libm.so.6",
    "/lib64/ld-linux-x86-64.so.2": "/usr/lib64/ld-linux-x86-64.so.2",
  });
});

test("one that is not there is named", () => {
  expect(() => parseLibraries("\tlibx.so => not found\n", String)).toThrow("libx.so is not found");
});
