import type { Step } from "./outcome.ts";

/** Both at the same time, as one step: for a step that leaves a processor idle, and one whose timing matters to nobody. */
export function beside(step: Step, other: Step): Step {
  return {
    name: `${step.name}; beside them: ${other.name}`,
    run: async () => (await Promise.all([step.run(), other.run()])).flat(),
  };
}
