import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/guest/**"],
          // For tests that hang, not for slow ones: the host may do other work, and some simulate thousands of gates.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Each file boots an emulated machine, which keeps one processor busy.
          name: "guest",
          include: ["test/guest/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // Real sandboxes: one file at a time, so that two do not disturb each other's timing.
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
