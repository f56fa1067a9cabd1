/** Loads the landing page anew: whatever this tab still held in memory is gone with the old page. */
export function goHome(): void {
  window.location.replace("/");
}
