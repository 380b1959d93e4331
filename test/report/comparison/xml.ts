/** A strict reader of the XML that this project writes: elements, attributes, text, the five named entities. */
export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

const TOKEN = /<\?xml [^?]*\?>|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @throws where the text is not well-formed */
export function parseXml(text: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (token === null) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`);
    const [, closing, name, attributes, empty, characters] = token;
    const parent = open.at(-1)!;
    if (characters !== undefined) parent.text += decoded(characters);
    if (name === undefined) continue;
    if (closing === "/") {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element at ${at}`);
      continue;
    }
    const element: Element = { name, attributes: attributesOf(attributes ?? ""), children: [], text: "" };
    parent.children.push(element);
    if (empty !== "/") open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error("not one closed root element");
  return root.children[0]!;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, decoded(value!)]);
  const attributes = Object.fromEntries(found) as Record<string, string>;
  if (Object.keys(attributes).length !== found.length) throw new Error(`an attribute twice in ${text}`);
  return attributes;
}

function decoded(text: string): string {
  return text.replaceAll(/&(#\d+|\w+)?(;?)/g, (all, name: string | undefined, end) => {
    const character = name?.startsWith("#")
      ? String.fromCodePoint(Number(name.slice(1)))
      : ENTITIES[name ?? ""];
    if (end !== ";" || character === undefined) throw new Error(`bad entity ${all}`);
    return character;
  });
}
