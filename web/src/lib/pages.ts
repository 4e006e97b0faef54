/** Which page an address shows. Pages are loaded when they are first asked for. */
import type { Component } from 'svelte'
import { S } from './strings'

export interface Found {
  name: string
  title: string
  load: () => Promise<{ default: Component<Record<string, string>> }>
  params: Record<string, string>
}
interface Page {
  pattern: RegExp
  name: string
  title: string
  load: () => Promise<unknown>
}

const page = (
  pattern: RegExp,
  name: string,
  title: string,
  load: () => Promise<unknown>,
): Page => ({
  pattern,
  name,
  title,
  load,
})

const PAGES: readonly Page[] = [
  page(/^\/$/, 'overview', S.nav.overview, () => import('../pages/Overview.svelte')),
  page(/^\/reports$/, 'reports', S.reports.title, () => import('../pages/Reports.svelte')),
  page(
    /^\/reports\/(?<id>.+)$/,
    'reports',
    S.reports.title,
    () => import('../pages/Reader.svelte'),
  ),
  page(/^\/compare$/, 'reports', S.compare.title, () => import('../pages/Compare.svelte')),
  page(/^\/search$/, 'reports', S.search.title, () => import('../pages/Search.svelte')),
  page(/^\/events$/, 'events', S.events.title, () => import('../pages/Events.svelte')),
  page(/^\/map$/, 'events', S.map.title, () => import('../pages/Map.svelte')),
  page(/^\/timeline$/, 'events', S.timeline.title, () => import('../pages/Timeline.svelte')),
  page(/^\/network$/, 'events', S.network.title, () => import('../pages/Network.svelte')),
  page(/^\/merged$/, 'merged', S.merged.title, () => import('../pages/MergedList.svelte')),
  page(/^\/merged\/(?<id>.+)$/, 'merged', S.merged.title, () => import('../pages/Merged.svelte')),
  page(/^\/stories$/, 'stories', S.stories.title, () => import('../pages/Stories.svelte')),
  page(/^\/stories\/(?<id>.+)$/, 'stories', S.stories.title, () => import('../pages/Story.svelte')),
  page(
    /^\/commitments$/,
    'commitments',
    S.commitments.title,
    () => import('../pages/Commitments.svelte'),
  ),
  page(
    /^\/commitments\/(?<report>.+)\/(?<record>[^/]+)$/,
    'commitments',
    S.commitments.title,
    () => import('../pages/Commitment.svelte'),
  ),
  page(
    /^\/statements$/,
    'statements',
    S.statements.title,
    () => import('../pages/Statements.svelte'),
  ),
  page(/^\/actors$/, 'actors', S.actors.title, () => import('../pages/Actors.svelte')),
  page(
    /^\/actors\/(?<id>.+)$/,
    'actors',
    S.actors.dossier,
    () => import('../pages/Dossier.svelte'),
  ),
  page(/^\/places$/, 'places', S.places.title, () => import('../pages/Places.svelte')),
  page(
    /^\/places\/(?<place>\d+)$/,
    'places',
    S.places.dossier,
    () => import('../pages/Dossier.svelte'),
  ),
  page(/^\/review$/, 'review', S.review.title, () => import('../pages/Review.svelte')),
  page(/^\/paste$/, 'paste', S.paste.title, () => import('../pages/Paste.svelte')),
]

/** The page of a path; `null`: there is none. */
export function pageOf(path: string): Found | null {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path
  for (const one of PAGES) {
    const found = one.pattern.exec(plain)
    if (!found) continue
    const params = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, decoded(value)]),
    )
    return { name: one.name, title: one.title, load: one.load as Found['load'], params }
  }
  return null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
