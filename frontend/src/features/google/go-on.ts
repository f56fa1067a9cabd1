/** Leaves the app for a page that is not one of its own. */
export function goOn(address: string): void {
  window.location.assign(address);
}
