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

export function dispatch(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || inField(event.target)) return false
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
