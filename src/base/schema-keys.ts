/** Names that a zod schema allows, read from the schema itself so that messages can't drift apart from it. */
import type { z } from "zod";

type Definition = z.core.$ZodTypeDef & Record<string, unknown>;

/** Of the object at `path`; indices of lists are passed over. Empty where there is no object. */
export function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  let shape = shapeOf(schema) ?? {};
  for (const key of path) if (typeof key === "string") shape = shapeOf(shape[key]) ?? {};
  return Object.keys(shape);
}

function shapeOf(schema: unknown): Record<string, unknown> | null {
  const definition = (schema as { def?: Definition } | undefined)?.def;
  switch (definition?.type) {
    case "object":
      return definition.shape as Record<string, unknown>;
    case "optional":
    case "nullable":
      return shapeOf(definition.innerType);
    case "array":
      return shapeOf(definition.element);
    case "pipe":
      return shapeOf(definition.in) ?? shapeOf(definition.out);
    case "union":
      return (definition.options as unknown[]).map(shapeOf).find((shape) => shape !== null) ?? null;
    default:
      return null;
  }
}
