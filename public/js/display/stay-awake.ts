/** Keeps the screen from going dark, where the browser can; it lets go whenever the page is hidden. */
export function keepAwake(): void {
  if (!('wakeLock' in navigator)) return
  const hold = () => {
    if (!document.hidden) navigator.wakeLock.request('screen').catch(() => undefined)
  }
  document.addEventListener('visibilitychange', hold)
  hold()
}
