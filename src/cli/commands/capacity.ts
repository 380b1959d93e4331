import type { Command } from "commander";
import { addCapacityDensity } from "./capacity/density.ts";
import { addCapacityPlan } from "./capacity/plan.ts";

export function addCapacity(program: Command): void {
  const capacity = program
    .command("capacity")
    .description(
      "How many sandboxes and how many launches a second a host holds, and how many hosts traffic needs.",
    );
  addCapacityPlan(capacity, program);
  addCapacityDensity(capacity, program);
}
