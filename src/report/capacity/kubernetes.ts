/** A plan as Kubernetes takes it: a RuntimeClass with its overhead, and what to put into a pod. */
import { factsOf } from "../../axes/sandbox.ts";
import type { CapacityPlan } from "../../capacity/plan/capacity-plan.ts";
import type { ConfigurationPlan } from "../../capacity/plan/plan-configuration.ts";
import { trafficText } from "./plan-words.ts";

const MIB = 2 ** 20;

/**
 * One RuntimeClass for each configuration that a container runtime can start, each followed by the resources of a pod. Quantities
 * are rounded up, CPUs to 10m.
 *
 * @returns `null` where no configuration of the plan is a container runtime's with its memory measured
 */
export function planKubernetes(plan: CapacityPlan): string | null {
  const fit = plan.configurations.filter(
    ({ sandbox, podFixedBytes, hosts }) =>
      factsOf({ sandbox }).ociRuntime === true && podFixedBytes !== null && hosts !== null,
  );
  if (fit.length === 0) return null;
  return `${[
    `# ${oneLine(trafficText(plan.traffic))}; run ${oneLine(plan.runId)}`,
    "# overhead.podFixed: 95th percentile over launches of what the sandbox takes above the program.",
    ...(plan.whatIf === null ? [] : ["# what-if: not validated"]),
    ...fit.map(documents),
  ].join("\n")}`;
}

function documents(one: ConfigurationPlan & { sandbox: string }): string {
  const name = `sbx-${one.configuration.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`
    .slice(0, 63)
    .replace(/-+$/, "");
  const memory = Math.ceil((one.programBytes ?? 0) / MIB);
  const cpu = Math.ceil((one.busyCpus * 1000) / 10) * 10;
  return `---
# ${oneLine(one.configuration)}: ${one.hosts!.withOneLost.value} nodes, one of which may be lost; ${one.admitted} pods at once on each
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata:
  name: ${name}
handler: ${one.sandbox}
overhead:
  podFixed:
    memory: ${one.podFixedBytes! / MIB}Mi
---
# A pod to copy from: only runtimeClassName and resources matter.
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  runtimeClassName: ${name}
  containers:
    - name: program
      image: IMAGE
      resources:
        requests:
          cpu: ${cpu}m
          memory: ${memory}Mi
        limits:
          memory: ${memory}Mi
`;
}

/** Ids come from configuration files: a comment ends at the end of its line. */
function oneLine(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]+/g, " ");
}
