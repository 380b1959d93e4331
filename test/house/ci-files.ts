/** The shell in action.yml and in the CI jobs that docs/ shows, read as far as these files use YAML. */

type ActionStep = {
  script: string;
  /** Variable -> input that it gets. */
  env: Record<string, string>;
};

export type Action = {
  /** Input -> default. */
  inputs: Record<string, string>;
  steps: ActionStep[];
};

export function readAction(yaml: string): Action {
  const inputs = Object.fromEntries(
    [...section(yaml, "inputs").matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n)+)/gm)].map(([, name, body]) => [
      name!,
      unquoted(/^ {4}default: (.*)$/m.exec(body!)?.[1] ?? ""),
    ]),
  );
  const steps = yaml
    .split(/^ {4}- name: /m)
    .slice(1)
    .map((step) => ({
      script: indented(/^ {6}run: \|\n((?: {8}.*\n|\n)+)/m.exec(step)?.[1] ?? "", 8),
      env: Object.fromEntries(
        [...step.matchAll(/^ {8}(\w+): \$\{\{ inputs\.([\w-]+) \}\}$/gm)].map(([, name, input]) => [
          name!,
          input!,
        ]),
      ),
    }));
  return { inputs, steps };
}

/** Variables and commands of the job in a page's `yaml` block below a heading; a folded command is one line. */
export function readGitlabJob(page: string, heading: string) {
  const block = /^```yaml\n(.*?)^```/ms.exec(page.slice(page.indexOf(`\n## ${heading}\n`)))?.[1] ?? "";
  const variables = [...part(block, "variables").matchAll(/^ {4}(\w+): ([^#\n]*)/gm)].map(
    ([, name, value]) => [name!, value!.trim()] as const,
  );
  const commands = part(block, "script")
    .split(/^ {4}- /m)
    .slice(1)
    .map((item) => item.replace(/^>\n/, "").trim().replaceAll(/\n\s*/g, " "));
  return { variables: Object.fromEntries(variables), commands };
}

function section(yaml: string, name: string): string {
  return new RegExp(`^${name}:\\n((?: .*\\n|\\n)+)`, "m").exec(yaml)?.[1] ?? "";
}

function part(job: string, name: string): string {
  return new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n)+)`, "m").exec(job)?.[1] ?? "";
}

function indented(text: string, depth: number): string {
  return text.replaceAll(new RegExp(`^ {${depth}}`, "gm"), "");
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, "$1");
}
