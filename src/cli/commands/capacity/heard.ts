import type { UseCaseEvent } from "../../../use-cases/use-case.ts";
import { note } from "../../note.ts";

/** Lines on stderr of what a use case says on its way; signals are this command's own business. */
export function heard(event: UseCaseEvent): void {
  if (event.type === "note") note(event.message);
  else if (event.type === "warning") note(`warning  ${event.message}`);
}
