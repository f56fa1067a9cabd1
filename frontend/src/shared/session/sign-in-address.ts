/** Where sign-in starts, and to which page of the app it leads back. */
export const signInAddress = (next: string): string =>
  `/auth/login?next=${encodeURIComponent(next)}`;

/** The same for who is signed in already and has to show once more that it is them. */
export const signInAgainAddress = (next: string): string =>
  `/auth/login?again=yes&next=${encodeURIComponent(next)}`;
