/** The address is the state: a path, a query, and nothing else. */

import { inner, keepLinksUnder, outer } from './root'

export const here = $state({ path: '/', query: '' })

function read() {
  here.path = inner(location.pathname)
  here.query = location.search.replace(/^\?/, '')
}

/** Go to an address of the app, as the desk names it; `replace` leaves no step in the history. */
export function go(to: string, { replace = false, keep = false } = {}) {
  const target = new URL(outer(to), location.href)
  if (target.origin !== location.origin) return
  const changed = target.pathname !== location.pathname
  history[replace ? 'replaceState' : 'pushState'](null, '', target)
  read()
  if (changed && !keep) scrollTo(0, 0)
}

/** Whether a path is data or a file, not a page of the app. */
function isPage(path: string): boolean {
  return !path.startsWith('/export/') && !/\.(json|csv|svg)$/.test(path)
}

function onClick(event: MouseEvent) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey) return
  if (event.shiftKey || event.altKey) return
  const link = (event.target as Element | null)?.closest?.('a')
  if (!link || link.target || link.hasAttribute('download') || !link.href) return
  const url = new URL(link.href, location.href)
  if (url.origin !== location.origin || !isPage(inner(url.pathname))) return
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return
  event.preventDefault()
  go(inner(url.pathname) + url.search + url.hash)
}

/** Begin to follow the address; returns how to stop. */
export function start(): () => void {
  read()
  addEventListener('popstate', read)
  document.addEventListener('click', onClick)
  const free = keepLinksUnder(document)
  return () => {
    free()
    removeEventListener('popstate', read)
    document.removeEventListener('click', onClick)
  }
}

/** The query with some names changed; `null` or '' takes a name out. */
export function queryWith(changes: Record<string, string | readonly string[] | null>): string {
  const params = new URLSearchParams(here.query)
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name)
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if (one) params.append(name, one)
    }
  }
  return params.toString()
}

/** Change the query of the page one is on. */
export function change(changes: Record<string, string | readonly string[] | null>, replace = true) {
  const query = queryWith(changes)
  go(query ? `${here.path}?${query}` : here.path, { replace, keep: true })
}
