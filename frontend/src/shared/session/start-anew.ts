/** Loads this page anew: whatever this tab held in memory is gone with the old one. */
export function startAnew(): void {
  window.location.reload();
}
