/** Imports what users write in TypeScript or JavaScript: configurations and descriptions of scenarios. */
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { SbxError } from "./errors.ts";
import { requireRegularFile } from "./regular-file.ts";

/** What these files import from, wherever they stand and without a node_modules there. */
const OWN_NAME = "sbx-bench";
const OWN_ENTRY = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;

const OWN_SCENARIOS = new URL("../../scenarios/", import.meta.url).href;

/** A file that waits for something that never comes would else end Node without a word. */
const LIMIT_MS = 30_000;
/** Who waits longer than this wants to know for what. */
const PATIENCE_MS = 2000;

let tell: (message: string) => void = () => {};

/** Where it is said that a user's file takes its time. */
export function tellOfWaiting(say: (message: string) => void): void {
  tell = say;
}

export type UserFile = {
  /** `configuration file`, for messages. */
  kind: string;
  /** How it has to end: `export default defineConfig({ ... })`. */
  form: string;
};

/**
 * The default export; a promise is awaited, a function called first.
 * @throws SbxError (exit code 2) when the file does not load or exports nothing
 */
export async function loadDefault(file: string, { kind, form }: UserFile): Promise<unknown> {
  registerOnce();
  requireRegularFile(file);
  const waiting = setTimeout(
    () => tell(`waiting for the ${kind} ${file}, for ${LIMIT_MS / 1000} s at most: it awaits something`),
    PATIENCE_MS,
  );
  let value: unknown;
  try {
    value = await aside(() => within(LIMIT_MS, defaultOf(file)));
  } catch (error) {
    throw new SbxError({
      what: `The ${kind} ${file} does not load`,
      why: `${placeOf(error, file)}${messageOf(error)}`,
      fix: remedy(error),
      cause: error,
    });
  } finally {
    clearTimeout(waiting);
  }
  if (value !== undefined && value !== null) return value;
  throw new SbxError({
    what: `The ${kind} ${file} exports nothing`,
    why: value === null ? "Its default export is null." : "It has no default export.",
    fix: `End it with \`${form}\`.`,
  });
}

async function defaultOf(file: string): Promise<unknown> {
  const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  const exported = await loaded.default;
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(
      `It was not ready after ${limitMs / 1000} s: something that it awaits never ends.`,
    );
    timer = setTimeout(() => reject(error), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

let asides = 0;
let leaveAside = (): void => {};

/** Results go to stdout, and what these files print does not; nor may they end a gate, which would then have passed. */
async function aside<T>(action: () => Promise<T>): Promise<T> {
  if (asides === 0) {
    const { exit, stdout } = process;
    const { write } = stdout;
    leaveAside = () => {
      process.exit = exit;
      stdout.write = write;
    };
    stdout.write = process.stderr.write.bind(process.stderr);
    process.exit = (code) => {
      throw new Error(`It calls process.exit(${code ?? ""}).`);
    };
  }
  asides += 1;
  try {
    return await action();
  } finally {
    asides -= 1;
    if (asides === 0) leaveAside();
  }
}

let isRegistered = false;

/**
 * In a package that says nothing of module formats, or says CommonJS for its own sake, Node would warn about these
 * files or refuse them; what has `import` or `export` is a module there, too.
 */
function registerOnce(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === OWN_NAME ? { url: OWN_ENTRY, shortCircuit: true } : next(specifier, context),
    load(url, context, next) {
      const { format } = context;
      const isOpen = format === null || format === undefined || /^commonjs(-typescript)?$/.test(format);
      // Node strips no types below node_modules, where the scenarios of an installed package stand.
      if (url.startsWith(OWN_SCENARIOS) && url.endsWith(".ts")) {
        const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"));
        return { format: "module", source, shortCircuit: true };
      }
      const ending = /^file:.*\.(ts|js)$/.exec(url)?.[1];
      if (!isOpen || ending === undefined || url.includes("/node_modules/")) return next(url, context);
      if (!/^\s*(import|export)\b/m.test(readFileSync(fileURLToPath(url), "utf8"))) return next(url, context);
      return next(url, { ...context, format: ending === "ts" ? "module-typescript" : "module" });
    },
  });
}

/** `file:3: `, where the error tells; Node leaves it out for modules of JavaScript. */
function placeOf(error: unknown, file: string): string {
  const line = lineOf(error, file) ?? (error instanceof SyntaxError ? lineOf(parseError(file), file) : null);
  return line === null ? "" : `${file}:${line}: `;
}

function lineOf(error: unknown, file: string): string | null {
  const stack = error instanceof Error ? String(error.stack ?? "") : "";
  for (const name of [pathToFileURL(file).href, file]) {
    const at = stack.indexOf(`${name}:`);
    const line = at === -1 ? undefined : /^\d+/.exec(stack.slice(at + name.length + 1))?.[0];
    if (line !== undefined) return line;
  }
  return null;
}

/** Node's reader of TypeScript tells the place, also of a mistake in JavaScript. */
function parseError(file: string): unknown {
  try {
    stripTypeScriptTypes(readFileSync(file, "utf8"), { sourceUrl: file });
    return null;
  } catch (error) {
    return error;
  }
}

/** Anything can be thrown. */
function messageOf(error: unknown): string {
  return error instanceof Error ? String(error.message) : `It throws ${inspect(error)}.`;
}

function remedy(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === "ERR_MODULE_NOT_FOUND" && messageOf(error).includes("src/index.ts"))
    return `Import from "${OWN_NAME}": that works wherever the file stands.`;
  return "Correct the file; it is ordinary TypeScript whose types Node strips (no enums, no namespaces).";
}
