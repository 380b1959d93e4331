import type { Command } from "commander";
import { addCapacityDensity } from "./capacity/density.ts";
import { addCapacityPlan } from "./capacity/plan.ts";
import { addCapacityStorm } from "./capacity/storm.ts";

export function addCapacity(program: Command): void {
  const capacity = program
    .command("capacity")
    .description(
      "How many sandboxes and how many launches a second a host holds, and how many hosts traffic needs.",
    );
  addCapacityPlan(capacity, program);
  addCapacityDensity(capacity, program);
  addCapacityStorm(capacity, program);
}
