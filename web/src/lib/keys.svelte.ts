/** The keyboard: one listener, and what each page hears. */

type Handler = (event: KeyboardEvent) => void
const handlers = new Set<Record<string, Handler>>()

/** Whether a key is meant for a field and not for the page. */
export function inField(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null
  if (!element?.closest) return false
  return element.isContentEditable || element.closest('input, textarea, select') !== null
}

/** Hear keys while the caller lives; call it in an effect. The latest heard is asked first. */
export function onKeys(map: Record<string, Handler>): () => void {
  handlers.add(map)
  return () => handlers.delete(map)
}

/** Whether a key is one that the element in focus answers to itself. */
function isOwn(event: KeyboardEvent): boolean {
  const element = event.target as HTMLElement | null
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return !!element?.closest?.('a, button, summary, [role=button], [role=slider]')
}

const KEPT = 'dateline-keys'
function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true
  }
}
/** Whether single letters are shortcuts: who dictates, or types by chance, can switch them off. */
export const shortcuts = $state({ on: kept() })
export function switchShortcuts(on: boolean): void {
  shortcuts.on = on
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off')
  } catch {
    // Then they are off until the page is left.
  }
}

export function dispatch(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || inField(event.target)) return false
  if (isOwn(event) || (!shortcuts.on && event.key.length === 1)) return false
  if (document.querySelector('dialog[open]') && event.key !== '?') return false
  for (const map of [...handlers].reverse()) {
    const handler = map[event.key]
    if (handler) {
      event.preventDefault()
      handler(event)
      return true
    }
  }
  return false
}
