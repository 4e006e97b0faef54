/** The path under which a proxy shows the desk, as `/desk`; empty where it has a name of its own. */
export const root =
  typeof document === 'undefined'
    ? ''
    : (document.querySelector<HTMLMetaElement>('meta[name=root]')?.content ?? '')

/** An address of the desk as the browser must ask for it. */
export function outer(path: string): string {
  return path.startsWith('/') ? root + path : path
}

/** A path that the browser shows, as the desk names it. */
export function inner(path: string): string {
  return root && (path === root || path.startsWith(`${root}/`))
    ? path.slice(root.length) || '/'
    : path
}

/** Keep every link of the page under the root, as pages write them without it; returns how to stop. */
export function keepLinksUnder(page: Document): () => void {
  if (!root) return () => {}
  const mend = (link: Element) => {
    const href = link.getAttribute('href')
    if (href?.startsWith('/') && href === inner(href)) link.setAttribute('href', outer(href))
  }
  const mendAll = (within: ParentNode) => within.querySelectorAll('a[href^="/"]').forEach(mend)
  const seen = new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      if (type === 'attributes') mend(target as Element)
      for (const one of addedNodes)
        if (one instanceof Element) {
          mend(one)
          mendAll(one)
        }
    }
  })
  seen.observe(page, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['href'],
  })
  mendAll(page)
  return () => seen.disconnect()
}
