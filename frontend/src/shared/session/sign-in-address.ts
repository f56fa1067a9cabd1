/** Where sign-in starts, and to which page of the app it leads back. */
export const signInAddress = (next: string): string =>
  `/auth/login?next=${encodeURIComponent(next)}`;
