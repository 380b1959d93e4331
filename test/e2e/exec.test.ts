/** `exec` with real sandboxes: scripts that behave, and scripts that do what they can against their host. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Executed } from "../../src/use-cases/exec/request.ts";
import { type Ended, useLab, whyNot } from "./lab.ts";

const SCRIPTS = {
  "binary.go": `import ("io"; "os")
func main() {
	in, _ := io.ReadAll(os.Stdin)
	os.Stderr.WriteString("\\x1b]0;title\\a")
	os.Stdout.Write(in)
	os.Stdout.Write([]byte{0, 255, 10, 254})
	os.Exit(len(os.Args))
}`,
  "withc.go": `// #include <math.h>
// #cgo LDFLAGS: -lm
import "C"
import "fmt"
func main() { fmt.Println(float64(C.cos(0))) }`,
  "prints.go": 'func main() { panic("on purpose") }',
  "never.go": "func main() { for {} }",
  "floods.go": `import "os"
func main() { for { if _, err := os.Stdout.Write(make([]byte, 1<<20)); err != nil { os.Exit(9) } } }`,
  "fills.go": `func main() { var all [][]byte; for { b := make([]byte, 1<<20); for i := range b { b[i] = 1 }; all = append(all, b) } }`,
  "forks.go": `import ("fmt"; "os"; "os/exec"; "syscall")
func main() {
	if len(os.Args) > 1 { select {} }
	for {
		c := exec.Command("/proc/self/exe", "child")
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		if err := c.Start(); err != nil { fmt.Println(err); os.Exit(7) }
	}
}`,
  "reads.go": `import ("errors"; "fmt"; "io/fs"; "os")
func main() {
	for _, name := range os.Args[1:] {
		_, err := os.ReadDir(name)
		var because *fs.PathError
		if errors.As(err, &because) { err = because.Err }
		fmt.Printf("%s: %v\\n", name, err)
	}
	os.Exit(len(os.Args))
}`,
  "deletes.go": `import "os"
func main() { for _, d := range []string{"/", "/bind", "/scratch", "/data"} { os.RemoveAll(d) } }`,
};

/** The lab's own would be empty, and the standard library be built once more. */
const BUILT = { GOCACHE: execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim() };

describe.skipIf(whyNot() !== null)("exec", () => {
  const lab = useLab();

  async function exec(
    name: keyof typeof SCRIPTS,
    ...args: string[]
  ): Promise<Ended & { executed: Executed }> {
    const { dir } = lab.current;
    writeFileSync(join(dir, name), `package main\n${SCRIPTS[name]}\n`);
    const cost = join(dir, `${name}.json`);
    const ended = await lab.current.cli(["exec", join(dir, name), "--cost-file", cost, ...args], {
      env: BUILT,
    });
    return { ...ended, executed: JSON.parse(readFileSync(cost, "utf8")) };
  }

  it.for(["unshare", "runsc"])(
    "passes output and exit code on from %s",
    { timeout: 120_000 },
    async (sandbox) => {
      const file = join(lab.current.dir, "in");
      writeFileSync(file, "given\n");
      const args = ["--sandbox", sandbox, "--", "a", "b"];
      const started = join(lab.current.dir, "binary.go");
      const { code, executed } = await exec("binary.go", ...args);
      expect(code).toBe(3);
      expect(executed).toMatchObject({
        mode: "compiled",
        ending: { kind: "exit", code: 3 },
        reason: "ended with exit code 3",
      });
      expect(executed.cost.stdoutBytes).toBe(4);
      expect(executed.cost.wallNs).toBeGreaterThan(executed.cost.firstOutputNs!);
      expect(executed.cost.peaks.memoryBytes).toBeGreaterThan(0);
      const piped = await lab.current.start(["exec", started, "--tag-output", ...args], {
        env: BUILT,
        before: ["sh", "-c", `exec "$@" < ${file} | od -An -c`, "sh"],
      });
      expect(piped.stdout.replaceAll(/\s+/g, "")).toMatch(
        /Z1binary\.go[\d-]+\w*\|given\\n.*Z2binary\.go.*\|\\0377\\n.*Z3binary.*376$/,
      );
      expect(piped.stderr).toContain(`compiled in ${sandbox}`);
      const visible = await lab.current.cli(["exec", started, "--visible", "always", ...args], {
        env: BUILT,
      });
      expect(visible.err).toContain("\\x1b]0;title\\x07");
      expect(visible.err).not.toContain("\x1b");
    },
  );

  it("ends what does not end, prints without end, fills memory, forks or deletes", {
    timeout: 120_000,
  }, async () => {
    const contained = ["--sandbox", "unshare"];
    const never = await exec("never.go", ...contained, "--time-limit", "1s");
    expect([never.code, never.executed.ending.kind]).toEqual([124, "time-limit"]);
    const floods = await exec("floods.go", ...contained, "--max-output", "2Mi");
    expect([floods.code, floods.executed.ending.kind]).toEqual([125, "output-limit"]);
    expect(floods.out.length).toBeLessThan(4 * 2 ** 20);
    const fills = await exec("fills.go", ...contained, "--memory", "64Mi");
    expect([fills.code, fills.executed.reason]).toEqual([
      137,
      expect.stringContaining("memory limit of 64 MiB"),
    ]);
    const forks = await exec("forks.go", ...contained, "--pids", "60");
    expect([forks.code, forks.executed.reason]).toEqual([
      7,
      expect.stringContaining("refused at the limit of 60"),
    ]);
    expect((await exec("deletes.go", ...contained)).code).toBe(0);
    expect(lab.current.kept()).toEqual([]);
    expect(await lab.current.leftBehind()).toEqual([]);
  });

  it("interprets with what the allow-list has, and says what the interpreter cannot run", {
    timeout: 200_000,
  }, async () => {
    const yaegi = ["--sandbox", "unshare", "--mode", "yaegi"];
    const reads = await exec("reads.go", ...yaegi, "--bind", "/etc/ssl", "--", "/etc/ssl/../ssl", "/etc");
    expect([reads.out, reads.code]).toEqual(["/etc/ssl/../ssl: <nil>\n/etc: permission denied", 3]);
    expect(reads.executed.cost.readyNs).toBeGreaterThan(0);
    const forks = await exec("forks.go", ...yaegi);
    expect(forks.executed.ending.kind).toBe("unsupported");
    expect([forks.code, forks.err]).toEqual([4, expect.stringContaining("it imports os/exec")]);
  });

  it("builds inside the sandbox with the toolchain there", { timeout: 200_000 }, async () => {
    const goRun = ["--sandbox", "unshare", "--mode", "go-run"];
    const { code, err, executed } = await exec("prints.go", ...goRun, "--go-cache", "warm");
    expect([code, err.split("\n")[0]]).toEqual([2, "panic: on purpose"]);
    expect(executed.cost.readyNs).toBeLessThan(executed.cost.buildNs);
    expect(lab.current.kept()).toEqual([]);
  });

  it("brings the C libraries of a dynamic program along", { timeout: 200_000 }, async () => {
    const { code, out } = await exec("withc.go", "--sandbox", "unshare", "--mode", "cgo");
    expect([code, out]).toEqual([0, "1"]);
    expect((await lab.current.cli(["exec", "withc.go", "--sandbox", "unshare"])).err).toContain(
      "Use --mode cgo",
    );
  });
});
