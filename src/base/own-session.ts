/**
 * For short helper commands: in a session of their own, Ctrl-C at the terminal reaches the harness alone, which then
 * cleans up, and does not kill one of them half-way (setsid(2)). Each has a time limit of its own.
 */
export const OWN_SESSION = { detached: true } as const;
