/** The world that the map is drawn on, bundled: shapes of Natural Earth, and how they look. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import { feature, mesh } from 'topojson-client'
import atlas from 'world-atlas/countries-50m.json?url'
import { countryOfNumber } from './countries'
import type { MapPoint } from './types'

type Shape = Feature<Polygon | MultiPolygon, { name: string; code?: string }>
type Topology = Parameters<typeof feature>[0]

export interface World {
  countries: FeatureCollection
  borders: FeatureCollection
  labels: FeatureCollection
}

const KOSOVO = 'Kosovo'
/** Radius in kilometres that stands for a place of which only the province or region is known. */
const RADIUS: Record<string, number> = { admin2: 30, admin1: 90, region: 260, offset: 20 }
/** Fonts of the machine: none is fetched. */
const FONT = ['Segoe UI', 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', 'Arial', 'sans-serif']

/** Read the shapes of all countries. */
export async function readWorld(): Promise<World> {
  const world = (await (await fetch(atlas)).json()) as Topology
  const found = feature(world, world.objects.countries!) as unknown as FeatureCollection<
    Polygon | MultiPolygon,
    { name: string; code?: string }
  >
  for (const one of found.features) {
    const code =
      countryOfNumber(String(one.id ?? '')) ?? (named(one) === KOSOVO ? 'XKX' : undefined)
    one.properties = { name: named(one), code }
    const parts =
      one.geometry.type === 'Polygon' ? [one.geometry.coordinates] : one.geometry.coordinates
    one.geometry = { type: 'MultiPolygon', coordinates: parts.map((rings) => rings.map(unrolled)) }
  }
  const lines = mesh(world, world.objects.countries as never, (a, b) => a !== b)
  return {
    countries: found,
    borders: {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: lines }],
    },
    labels: { type: 'FeatureCollection', features: found.features.map(label) },
  }
}

/** A ring that steps over the edge of the map goes on beyond it; one around a pole goes along it. */
function unrolled(ring: Position[]): Position[] {
  const found: Position[] = []
  let turn = 0
  ring.forEach(([lon, lat], i) => {
    const last = ring[i - 1]
    if (last && Math.abs(lon! - last[0]!) > 180) turn += lon! > last[0]! ? -360 : 360
    found.push([lon! + turn, lat!])
  })
  if (turn) found.push([found.at(-1)![0]!, -90], [found[0]![0]!, -90], found[0]!)
  return found
}

const named = (one: Shape) => one.properties.name

/** A point within the largest part of a country, with its name and how large it is. */
function label(one: Shape): Feature<Point> {
  const parts =
    one.geometry.type === 'Polygon' ? [one.geometry.coordinates] : one.geometry.coordinates
  let best = { area: 0, at: [0, 0] as Position }
  for (const [ring] of parts) {
    const found = middle(ring ?? [])
    if (found.area > best.area) best = found
  }
  return {
    type: 'Feature',
    properties: { name: named(one), area: best.area },
    geometry: { type: 'Point', coordinates: best.at },
  }
}

/** Area in square degrees, as they look, and centroid of a ring. */
function middle(ring: Position[]): { area: number; at: Position } {
  let [area, x, y] = [0, 0, 0]
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x0, y0] = ring[i] as [number, number]
    const [x1, y1] = ring[i + 1] as [number, number]
    const cross = x0 * y1 - x1 * y0
    area += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  }
  if (!area) return { area: 0, at: ring[0] ?? [0, 0] }
  return { area: Math.abs(area / 2), at: [x / (3 * area), y / (3 * area)] }
}

// --------------------------------------------------------------------- events

/** How well a place is known: as a country, as an area, or as a spot. */
export function kindOf(point: MapPoint): 'country' | 'area' | 'spot' {
  if (point.precision === 'country' && point.country) return 'country'
  return point.precision && RADIUS[point.precision] ? 'area' : 'spot'
}

const properties = (point: MapPoint) => ({
  id: point.geonameid,
  n: point.count,
  name: point.name,
  text: point.count.toLocaleString('en-GB'),
})

/** Points for the places of one kind. */
export function spots(points: readonly MapPoint[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: points.map((point) => ({
      type: 'Feature',
      properties: properties(point),
      geometry: { type: 'Point', coordinates: [point.lon!, point.lat!] },
    })),
  }
}

/** Circles on the ground, seen from near, for places that are known as areas; they are not the borders. */
export function areas(points: readonly MapPoint[]): FeatureCollection<Polygon> {
  const sorted = [...points].sort(
    (a, b) => (RADIUS[b.precision ?? ''] ?? 0) - (RADIUS[a.precision ?? ''] ?? 0),
  )
  return {
    type: 'FeatureCollection',
    features: sorted.map((point) => ({
      type: 'Feature',
      properties: properties(point),
      geometry: {
        type: 'Polygon',
        coordinates: [circle(point.lon!, point.lat!, RADIUS[point.precision ?? ''] ?? 50)],
      },
    })),
  }
}

function circle(lon: number, lat: number, km: number): Position[] {
  const high = km / 111.2
  const wide = high / Math.max(0.15, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: 49 }, (_, i) => {
    const turn = (i / 48) * 2 * Math.PI
    return [lon + wide * Math.cos(turn), lat + high * Math.sin(turn)]
  })
}

// ---------------------------------------------------------------------- style

/** From here on areas are drawn to scale; from afar they would be specks. */
const NEAR = 4.5
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
const growing = (from: number, to: number) =>
  ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, from, 40, to] as never
const summed = ['interpolate', ['linear'], ['sqrt', ['get', 'sum']], 1, 11, 60, 32] as never
const SHADE = [
  'interpolate', ['linear'], ['sqrt', ['coalesce', ['feature-state', 'share'], 0]],
  0, 0, 1, 0.5,
] as never // prettier-ignore

/** The style, in the app's colours: no address in it points anywhere. */
export function style(world: World): StyleSpecification {
  const made = plain(world)
  for (const [id, property, colour] of painted()) {
    const layer = made.layers.find((one) => one.id === id)!
    layer.paint = { ...layer.paint, [property]: colour } as never
  }
  return made
}

/** Layer, property and colour of all that follows the theme. */
export function painted(): [layer: string, property: string, colour: string][] {
  const now = getComputedStyle(document.documentElement)
  return COLOURS.map(([layer, property, name]) => [
    layer,
    property,
    now.getPropertyValue(name).trim(),
  ])
}

function plain(world: World): StyleSpecification {
  const text = { 'text-font': FONT, 'text-size': 12 }
  return {
    version: 8,
    sources: {
      countries: { type: 'geojson', data: world.countries, promoteId: 'code' },
      borders: { type: 'geojson', data: world.borders },
      labels: { type: 'geojson', data: world.labels },
      areas: { type: 'geojson', data: EMPTY },
      middles: { type: 'geojson', data: EMPTY },
      wholes: { type: 'geojson', data: EMPTY },
      spots: {
        type: 'geojson',
        data: EMPTY,
        cluster: true,
        clusterRadius: 34,
        clusterMaxZoom: 9,
        clusterProperties: { sum: ['+', ['get', 'n']] },
      },
    },
    layers: [
      { id: 'water', type: 'background' },
      { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-antialias': false } },
      { id: 'countries', type: 'fill', source: 'countries', paint: { 'fill-opacity': SHADE } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-width': 0.7 } },
      {
        id: 'names',
        type: 'symbol',
        source: 'labels',
        layout: {
          ...text,
          'text-field': ['get', 'name'],
          'text-size': 11,
          'text-max-width': 7,
          'symbol-sort-key': ['-', 0, ['get', 'area']],
        },
        paint: { 'text-halo-width': 1.2 },
        filter: ['>=', ['get', 'area'], ['step', ['zoom'], 90, 2.5, 25, 3.5, 6, 4.5, 0]],
      },
      {
        id: 'areas',
        type: 'fill',
        source: 'areas',
        minzoom: NEAR,
        paint: { 'fill-opacity': 0.14 },
      },
      {
        id: 'rings',
        type: 'circle',
        source: 'middles',
        maxzoom: NEAR,
        paint: {
          'circle-radius': growing(7, 26),
          'circle-opacity': 0.16,
          'circle-stroke-width': 1.4,
        },
      },
      {
        id: 'areas-line',
        type: 'line',
        source: 'areas',
        minzoom: NEAR,
        paint: { 'line-width': 1.4, 'line-dasharray': [3, 2] },
      },
      {
        id: 'dots',
        type: 'circle',
        source: 'spots',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-radius': growing(4.5, 22),
          'circle-opacity': 0.85,
          'circle-stroke-width': 1.2,
        },
      },
      {
        id: 'clusters',
        type: 'circle',
        source: 'spots',
        filter: ['has', 'point_count'],
        paint: { 'circle-radius': summed, 'circle-opacity': 0.92, 'circle-stroke-width': 3 },
      },
      {
        id: 'wholes',
        type: 'symbol',
        source: 'wholes',
        layout: {
          ...text,
          'text-field': ['get', 'text'],
          'text-size': growing(12, 19),
          'symbol-sort-key': ['-', 0, ['get', 'n']],
        },
        paint: { 'text-halo-width': 1.6 },
      },
      {
        id: 'sums',
        type: 'symbol',
        source: 'spots',
        filter: ['has', 'point_count'],
        layout: {
          ...text,
          'text-field': ['number-format', ['get', 'sum'], { locale: 'en-GB' }],
          'text-allow-overlap': true,
        },
      },
    ],
  }
}

/** What is painted in which colour of the app. */
const COLOURS: [layer: string, property: string, variable: string][] = [
  ['water', 'background-color', '--water'],
  ['land', 'fill-color', '--land'],
  ['countries', 'fill-color', '--accent'],
  ['borders', 'line-color', '--border'],
  ['names', 'text-color', '--soft'],
  ['names', 'text-halo-color', '--land'],
  ['areas', 'fill-color', '--accent'],
  ['areas-line', 'line-color', '--accent'],
  ['rings', 'circle-color', '--accent'],
  ['rings', 'circle-stroke-color', '--accent'],
  ['dots', 'circle-color', '--accent'],
  ['dots', 'circle-stroke-color', '--sheet'],
  ['clusters', 'circle-color', '--accent'],
  ['clusters', 'circle-stroke-color', '--accent-soft'],
  ['wholes', 'text-color', '--accent'],
  ['wholes', 'text-halo-color', '--sheet'],
  ['sums', 'text-color', '--on-accent'],
]
/** Layers that can be clicked, the topmost first. */
export const LIVE = ['clusters', 'dots', 'wholes', 'rings', 'areas', 'countries']
