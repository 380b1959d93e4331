/** A strict reader of the part of OpenMetrics 1.0 that this project writes. */
export type Family = {
  name: string;
  type: string;
  unit: string;
  help: string;
  samples: { labels: Map<string, string>; value: number }[];
};

const METADATA = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\{(.*)\} (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;

/** @throws where the text breaks a rule of the format */
export function parseOpenMetrics(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  if (!text.endsWith("\n# EOF\n")) throw new Error("does not end in # EOF");
  let current: Family | null = null;
  for (const line of text.slice(0, -"# EOF\n".length).trimEnd().split("\n")) {
    const metadata = METADATA.exec(line);
    if (metadata !== null) {
      const [, keyword, name, value] = metadata as unknown as [string, string, string, string];
      if (keyword === "TYPE") {
        if (families.has(name)) throw new Error(`${name} stands in two places`);
        current = { name, type: value, unit: "", help: "", samples: [] };
        families.set(name, current);
      }
      if (current === null || current.name !== name || current.samples.length > 0)
        throw new Error(`out of place: ${line}`);
      if (keyword === "UNIT") {
        if (!name.endsWith(`_${value}`)) throw new Error(`${name} does not end in its unit ${value}`);
        current.unit = value;
      }
      if (keyword === "HELP") current.help = value;
      continue;
    }
    const sample = SAMPLE.exec(line);
    if (sample === null || current === null || sample[1] !== current.name)
      throw new Error(`no sample of its family: ${line}`);
    const labels = labelsOf(sample[2]!);
    const value = Number(sample[3]);
    if (!Number.isFinite(value)) throw new Error(`no finite value: ${line}`);
    const key = JSON.stringify([...labels].sort());
    if (current.samples.some((other) => JSON.stringify([...other.labels].sort()) === key)) {
      throw new Error(`twice: ${line}`);
    }
    current.samples.push({ labels, value });
  }
  return families;
}

function labelsOf(text: string): Map<string, string> {
  const labels = new Map<string, string>();
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (match === null || labels.has(match[1]!)) throw new Error(`bad labels: ${text}`);
    labels.set(
      match[1]!,
      match[2]!.replaceAll(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c)),
    );
  }
  return labels;
}
