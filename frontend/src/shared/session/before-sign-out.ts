/** Work that waits to be sent and must be finished while the session still holds. */
export const beforeSignOut = new Set<() => Promise<void>>();
