/**
 * Has the browser keep this page for when the server is away (worker/shell-worker.ts). Only where pages come over TLS or
 * from the machine itself; elsewhere a screen that is switched on too early has to be reloaded by hand.
 * @param worker its address: it rules the addresses below it
 */
export async function keepShell(worker: string): Promise<void> {
  // There are none where a page has come neither over TLS nor from the machine itself, whatever the types say.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!workers) return
  const isKept = workers.controller !== null
  const controlled = new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }))
  try {
    await workers.register(worker)
    if (isKept) return
    // What came before the worker was there passes by it now.
    await controlled
    // An icon is a part of the one file of icons.
    const parts = performance.getEntriesByType('resource').map(({ name }) => name.replace(/#.*/, ''))
    const ours = parts.filter((name) => /\/(assets|socket\.io|display)\/[^?]+\.\w+(\?|$)/.test(name))
    await Promise.all([location.href, ...ours].map((part) => fetch(part)))
  } catch {
    // Nothing is lost but the page for next time.
  }
}
