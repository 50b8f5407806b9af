/**
 * Watches over the display's script, in words that every browser of the last fifteen years reads: the board that the server
 * has put into the page stays, this says what is wrong, and asks for a newer page while there is a server to give one.
 */
;(function () {
  var html = document.documentElement
  var CHECK_MS = 10000
  /** So many looks without a sign of life: a device that wakes from sleep needs one. */
  var PATIENCE = 3
  var RELOAD_MS = 30000
  var seen: string | null = null
  var silent = 0
  var failed = false

  function isOld() {
    return !('noModule' in document.createElement('script')) || !window.fetch || !window.Promise || !window.Intl
  }

  /** Not into the browser's own error page: only when the server answers. */
  function reloadIfServed() {
    var asking = new XMLHttpRequest()
    asking.onload = function () {
      if (asking.status === 200) location.reload()
    }
    asking.open('GET', location.pathname.replace(/\/$/, '') + '/release')
    asking.send()
  }

  function fail() {
    if (failed) return
    failed = true
    html.setAttribute('data-fault', isOld() ? 'old' : 'script')
    setInterval(reloadIfServed, RELOAD_MS)
  }

  /** The script itself did not come, or cannot be read here. */
  function onFault(event: Event) {
    var isOurs = event.target && (event.target as Element).id === 'display-script'
    if (isOurs || !html.getAttribute('data-live')) fail()
  }

  window.addEventListener('error', onFault, true)

  setInterval(function () {
    var beat = html.getAttribute('data-live')
    silent = beat === seen && !document.hidden ? silent + 1 : 0
    seen = beat
    if (silent >= PATIENCE) fail()
  }, CHECK_MS)
})()
