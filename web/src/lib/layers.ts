/** The layers of a coded report, and the text cut so that overlapping spans can be shown. */
import { Offsets } from './offsets'
import type { Coded, Span } from './types'

export const LAYERS = [
  'events',
  'actors',
  'places',
  'times',
  'numbers',
  'statements',
  'commitments',
] as const
export type Layer = (typeof LAYERS)[number]

/** A stretch of text that belongs to a record. */
export interface Mark {
  id: string
  layer: Layer
  start: number
  end: number
  /** Part of the record: its trigger, its cue, what was said. */
  part: 'body' | 'core'
}

/** A stretch of text covered by the same records all along. */
export interface Segment {
  start: number
  end: number
  text: string
  marks: Mark[]
}

/** Every mark of the layers wanted. */
export function marksOf(coded: Coded, wanted: ReadonlySet<Layer>): Mark[] {
  const marks: Mark[] = []
  const add = (layer: Layer, id: string, span: Span | null, part: Mark['part'] = 'core') => {
    if (span && span.end > span.start && wanted.has(layer)) {
      marks.push({ id, layer, start: span.start, end: span.end, part })
    }
  }
  for (const one of coded.participants) add('actors', one.id, one.span)
  for (const one of coded.places) add('places', one.id, one.span)
  for (const one of coded.times) add('times', one.id, one.span)
  for (const one of coded.quantities) add('numbers', one.id, one.span)
  for (const one of coded.statements) {
    for (const span of one.content) add('statements', one.id, span, 'body')
    add('statements', one.id, one.cue)
  }
  for (const one of coded.commitments) add('commitments', one.id, one.span, 'body')
  for (const one of coded.events) {
    const mentions = one.mentions.length ? one.mentions : [one.trigger]
    for (const span of mentions) add('events', one.id, span)
  }
  return marks
}

/** Marks for the spans of one record, whatever its layer: what is lit when it is chosen. */
export function spansOfRecord(coded: Coded, id: string): Span[] {
  const marks = marksOf(coded, new Set(LAYERS)).filter((mark) => mark.id === id)
  return marks.map(({ start, end }) => ({ start, end, text: '' }))
}

/**
 * Cut a text at every boundary of a mark.
 *
 * The segments cover the text without gaps or overlaps, in order; each carries its marks,
 * the longest first. Marks beyond the text are cut off.
 */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const offsets = new Offsets(text)
  const length = offsets.length
  const clipped = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(length, mark.end) }))
    .filter((mark) => mark.start < mark.end)
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1))
  const cuts = [...new Set([0, length, ...clipped.flatMap((mark) => [mark.start, mark.end])])]
  cuts.sort((a, b) => a - b)
  const found: Segment[] = []
  let open: typeof clipped = []
  let next = 0
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i]!
    const end = cuts[i + 1]!
    open = open.filter((mark) => mark.end > start)
    while (next < clipped.length && clipped[next]!.start <= start) open.push(clipped[next++]!)
    const here = [...open].sort((a, b) => b.end - b.start - (a.end - a.start))
    found.push({ start, end, text: offsets.slice(start, end), marks: here })
  }
  return found
}

/** Paragraphs of segments: a line break ends one, so that a print or a phone breaks well. */
export function paragraphs(found: readonly Segment[]): Segment[][] {
  const lines: Segment[][] = [[]]
  for (const segment of found) {
    let at = segment.start
    segment.text.split(/(\n+)/).forEach((piece, i) => {
      const size = [...piece].length
      if (i % 2 === 1) lines.push([])
      else if (piece) {
        lines.at(-1)!.push({ ...segment, start: at, end: at + size, text: piece })
      }
      at += size
    })
  }
  return lines.filter((line) => line.some((segment) => segment.text.trim()))
}
