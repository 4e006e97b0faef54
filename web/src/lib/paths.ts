/** Every address of the app and of its data, made in one place. */

const part = encodeURIComponent

export const path = {
  report: (id: string, record?: string | null) =>
    `/reports/${part(id)}${record ? `?rec=${part(record)}` : ''}`,
  event: (key: string) => {
    const { report, record } = splitKey(key)
    return path.report(report, record)
  },
  events: (query = '') => (query ? `/events?${query}` : '/events'),
  merged: (id: string) => `/merged/${part(id)}`,
  story: (id: string) => `/stories/${part(id)}`,
  actor: (id: string) => `/actors/${part(id)}`,
  place: (id: number | string) => `/places/${part(String(id))}`,
  commitment: (key: string) => {
    const { report, record } = splitKey(key)
    return `/commitments/${part(report)}/${part(record)}`
  },
  compare: (a: string, b: string) => `/compare?a=${part(a)}&b=${part(b)}`,
}

/** A key is `REPORT/RECORD`; a report's id may itself hold slashes. */
export function splitKey(key: string): { report: string; record: string } {
  const at = key.lastIndexOf('/')
  return { report: key.slice(0, at), record: key.slice(at + 1) }
}

/** The address of a page's data. */
export function data(page: string, query = '', ending = 'json'): string {
  return `${page}.${ending}${query ? `?${query}` : ''}`
}

/** An address found in data, if it is one that may be followed. */
export function safeLink(url: string | null | undefined): string | null {
  if (!url) return null
  try {
    const parsed = new URL(url)
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null
  } catch {
    return null
  }
}
