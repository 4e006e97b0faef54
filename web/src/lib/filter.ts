/**
 * The filter that table, map, timeline and network share: it lives in the query string.
 *
 * Names differ in meaning by *and*, values of one name by *or*, as on the server.
 */

/** Names that may appear several times. */
export const MANY = [
  'type',
  'mode',
  'status',
  'country',
  'actor',
  'recipient',
  'actor_country',
  'recipient_country',
  'sector',
  'context',
  'place',
  'publisher',
] as const
/** Names that appear once. */
export const ONE = [
  'q',
  'since',
  'until',
  'min_confidence',
  'negated',
  'main',
  'report',
  'story',
  'reviewed',
] as const

export type Many = (typeof MANY)[number]
export type One = (typeof ONE)[number]
export type Name = Many | One
export type Filter = { readonly [N in Many]: readonly string[] } & { readonly [N in One]: string }

const NAMES: readonly Name[] = [...MANY, ...ONE]
const DEFAULTS: Partial<Record<One, string>> = { reviewed: 'any' }

export function isMany(name: string): name is Many {
  return (MANY as readonly string[]).includes(name)
}

/** Read a filter; unknown names and empty values are left out, doubles dropped. */
export function fromQuery(query: URLSearchParams | string): Filter {
  const params = new URLSearchParams(query)
  const found: Record<string, string | string[]> = {}
  for (const name of MANY) found[name] = [...new Set(params.getAll(name).filter(Boolean))]
  for (const name of ONE) {
    const value = params.get(name) ?? ''
    found[name] = value === DEFAULTS[name] ? '' : value
  }
  return found as unknown as Filter
}

/** Write a filter in one fixed order, so that the same filter is the same address. */
export function toQuery(
  filter: Filter,
  more: Record<string, string | number | null | undefined> = {},
) {
  const params = new URLSearchParams()
  for (const name of MANY) for (const value of [...filter[name]].sort()) params.append(name, value)
  for (const name of ONE) if (filter[name]) params.set(name, filter[name])
  for (const [name, value] of Object.entries(more)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  return params.toString()
}

/** The filter with a name set (to one value, or for a repeatable name to exactly these). */
export function withValue(filter: Filter, name: Name, value: string | readonly string[]): Filter {
  if (isMany(name)) return { ...filter, [name]: typeof value === 'string' ? [value] : [...value] }
  return { ...filter, [name]: String(value) }
}

/** The filter with a value of a repeatable name switched on or off. */
export function toggled(filter: Filter, name: Many, value: string): Filter {
  const has = filter[name].includes(value)
  const values = has ? filter[name].filter((one) => one !== value) : [...filter[name], value]
  return { ...filter, [name]: values }
}

/** The filter without a value, or without a name. */
export function without(filter: Filter, name: Name, value?: string): Filter {
  if (isMany(name)) {
    return { ...filter, [name]: value === undefined ? [] : filter[name].filter((v) => v !== value) }
  }
  return { ...filter, [name]: '' }
}

/** What is set, as pairs, in the order they are written. */
export function active(filter: Filter): { name: Name; value: string }[] {
  return NAMES.flatMap((name) => {
    const value = filter[name]
    if (typeof value === 'string') return value ? [{ name, value }] : []
    return [...value].sort().map((one) => ({ name, value: one }))
  })
}

/** An address: a path and what of the query is set. */
export function address(path: string, query: string): string {
  return query ? `${path}?${query}` : path
}
