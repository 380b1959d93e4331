/**
 * The filter as a SeccompProfile of the Security Profiles Operator.
 * https://github.com/kubernetes-sigs/security-profiles-operator/blob/main/installation-usage.md
 */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";

/** @param name of the resource; made fit for Kubernetes (RFC 1123) */
export function spoYaml(profile: OciSeccomp, name: string): string {
  const lines = [
    "apiVersion: security-profiles-operator.x-k8s.io/v1beta1",
    "kind: SeccompProfile",
    "metadata:",
    `  name: ${resourceName(name)}`,
    "spec:",
    `  defaultAction: ${profile.defaultAction}`,
    ...(profile.defaultErrnoRet === undefined ? [] : [`  defaultErrnoRet: ${profile.defaultErrnoRet}`]),
    "  architectures:",
    ...(profile.architectures ?? []).map((architecture) => `    - ${architecture}`),
    "  syscalls:",
    ...profile.syscalls.flatMap(({ action, names, comment }) => [
      ...(comment === undefined ? [] : [`    # ${comment}`]),
      `    - action: ${action}`,
      "      names:",
      ...names.map((call) => `        - ${call}`),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function resourceName(name: string): string {
  const fit = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  return fit === "" ? "program" : fit;
}
