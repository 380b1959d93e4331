/** Where things stand in the guest. */
export const GUEST = {
  checkout: "/bench",
  cache: "/cache",
  /** Brought back to the host. */
  out: "/out",
  home: "/home/user",
  uid: 1000,
} as const;
