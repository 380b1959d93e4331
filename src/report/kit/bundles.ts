import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { codeForScript } from "./escape.ts";

const require = createRequire(import.meta.url);

/** The browser builds that draw the charts, in the order in which they need each other. */
export async function browserBundles(): Promise<string[]> {
  const files = [
    path.join(path.dirname(require.resolve("vega")), "vega.min.js"),
    path.join(path.dirname(require.resolve("vega-lite")), "vega-lite.min.js"),
    path.join(path.dirname(require.resolve("vega-embed")), "vega-embed.min.js"),
  ];
  return Promise.all(files.map(async (file) => codeForScript(await readFile(file, "utf8"))));
}

/** Style and script of the page itself. The order of the styles counts: paper overrides the rest. */
export async function pageAssets(): Promise<{ style: string; script: string }> {
  const read = (file: URL) => readFile(file, "utf8");
  const [page, parts, article, model, print, script] = await Promise.all([
    read(new URL("./page.css", import.meta.url)),
    read(new URL("./parts.css", import.meta.url)),
    read(new URL("../article/article.css", import.meta.url)),
    read(new URL("../model/html/model.css", import.meta.url)),
    read(new URL("./print.css", import.meta.url)),
    read(new URL("./report.client.js", import.meta.url)),
  ]);
  return { style: page + parts + article + model + print, script: codeForScript(script) };
}

/** Scripts of the parts about the cost model. */
export async function modelScripts(): Promise<string[]> {
  const files = [
    new URL("../model/html/why.client.js", import.meta.url),
    new URL("../model/html/what-if.client.js", import.meta.url),
  ];
  return Promise.all(files.map(async (file) => codeForScript(await readFile(file, "utf8"))));
}
