/** Dates, intervals and numbers as a reader wants them, never more precise than they are. */
import { S } from './strings'
import type { Interval } from './types'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

export function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : NUMBER.format(value)
}

/** The title of a report; the first line of its text where it has none. */
export function titleOf(report: {
  title: string | null
  lead?: string | null
  text?: string
}): string {
  const line = (report.lead ?? report.text ?? '').trim().split(/\n/, 1)[0] ?? ''
  return (
    report.title ||
    (line.length > 110 ? `${line.slice(0, 110).trimEnd()}…` : line) ||
    S.reports.untitled
  )
}

/** Who published a report, and when: what is known of it, the name in its own direction. */
export function origin(report: { publisher?: string | null; published?: string | null }): string {
  const who = report.publisher && `\u2068${report.publisher}\u2069`
  const known = [who, report.published && day(report.published)].filter(Boolean)
  return known.join(' · ') || S.reports.noOrigin
}

/** A share as a whole percentage. */
export function percent(value: number): string {
  return `${Math.round(value * 100)} %`
}

/** A date to the precision it has: `2021`, `2021-07` and `2021-07-26` differ. */
export function day(value: string | null | undefined): string {
  if (!value) return '–'
  const found = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?/.exec(value)
  if (!found) return value
  const [, year, month, date, time] = found
  const words = [
    date ? String(Number(date)) : '',
    month ? (MONTHS[Number(month) - 1] ?? month) : '',
    year,
  ]
  return words.filter(Boolean).join(' ') + (time && time !== '00:00' ? `, ${time}` : '')
}

/** The last day of a half-open stretch that ends at `end`. */
export function lastDay(end: string): string {
  const at = Date.parse(
    end.length === 4 ? `${end}-01-01` : end.length === 7 ? `${end}-01` : end.slice(0, 10),
  )
  if (Number.isNaN(at) || (end.includes('T') && !/T00:00(:00)?/.test(end))) return end.slice(0, 10)
  return new Date(at - 86_400_000).toISOString().slice(0, 10)
}

/** An interval in the unit it is known to. */
export function interval(value: Interval | null | undefined): string {
  if (!value || (!value.start && !value.end)) return '–'
  const { start, end, granularity } = value
  if (start === null) return S.time.before(day(end))
  if (end === null) return S.time.from(day(start))
  switch (granularity) {
    case 'year':
      return spanOf(start.slice(0, 4), lastDay(end).slice(0, 4))
    case 'month':
    case 'quarter':
    case 'season':
    case 'half':
      return spanOf(day(start.slice(0, 7)), day(lastDay(end).slice(0, 7)))
    case 'decade':
      return `${start.slice(0, 4)}s`
    case 'century':
    case 'millennium':
      return `${start.slice(0, 4)}–${lastDay(end).slice(0, 4)}`
    case 'hour':
    case 'minute':
    case 'second':
    case 'daypart':
      return day(start)
    default:
      return spanOf(day(start.slice(0, 10)), day(lastDay(end)))
  }
}

function spanOf(first: string, last: string): string {
  if (first === last || !last) return first
  const [a, b] = [first.split(' '), last.split(' ')]
  if (a.length === b.length && a.at(-1) === b.at(-1) && a.length > 1) {
    if (a.length === 3 && a[1] === b[1]) return `${a[0]}–${last}`
    return `${a.slice(0, -1).join(' ')} – ${last}`
  }
  return `${first} – ${last}`
}

/** From the first to the last report of a story, with a dot behind; nothing where no day is known. */
export function stretchOf(story: { first: string | null; last: string | null }): string {
  if (!story.first) return ''
  const more = story.last && story.last !== story.first ? ` – ${day(story.last)}` : ''
  return `${day(story.first)}${more} · `
}

/** The interval in a flat row, by the names of its columns. */
export function rowInterval(row: object, prefix = 'interval'): string {
  const cells = row as Record<string, unknown>
  const start = (cells[`${prefix}_start`] ?? null) as string | null
  const end = (cells[`${prefix}_end`] ?? null) as string | null
  const granularity = (cells[`${prefix}_granularity`] ?? 'open') as string
  return interval({ start, end, granularity })
}

/** Whole days from one day to another; negative: the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000)
}

/** What reports say of a field: an interval as a reader wants it, else the words. */
export function fieldValue(field: string, value: string): string {
  const found = /^(-?\d{4}[-\dT:]*)\/(-?\d{4}[-\dT:]*)$/.exec(value)
  if (field !== 'interval') return words(value)
  if (!found) return day(value)
  const [start, end] = [found[1]!, found[2]!]
  const years = [start, end].every((one) => /^-?\d{4}-01-01/.test(one))
  const first = years ? start.slice(0, 4) : start
  const last = years ? lastDay(end).slice(0, 4) : lastDay(end)
  return first === last ? day(first) : `${day(first)} – ${day(last)}`
}

/** A value with its underscores read as spaces. */
export function words(value: string | null | undefined): string {
  return (value ?? '').replaceAll('_', ' ')
}

/** Words of a statement without the quotes that stand in the text: pages set their own. */
export function unquoted(content: string | null | undefined): string {
  return (content ?? '').replace(/^["“”]+|["“”]+$/g, '')
}

/** The values of a cell that holds several. */
export function several(cell: string | null | undefined): string[] {
  return (cell ?? '').split('; ').filter(Boolean)
}

/** Bounds and best value of a number. */
export function bounds(low: number | null, value: number | null, high: number | null): string {
  if (low !== null && low === high) return number(low)
  if (value !== null && low === value && high === value) return number(value)
  if (low !== null && high !== null)
    return value === null || value === low || value === high
      ? `${number(low)}–${number(high)}`
      : `${number(value)} (${number(low)}–${number(high)})`
  if (low !== null) return `≥ ${number(low)}`
  if (high !== null) return `≤ ${number(high)}`
  return number(value)
}

export const HIT_OPEN = '\ue000'
export const HIT_CLOSE = '\ue001'

/** A snippet cut into plain pieces and hits. */
export function hits(snippet: string): { text: string; hit: boolean }[] {
  const found: { text: string; hit: boolean }[] = []
  let hit = false
  for (const piece of snippet.split(/([\ue000\ue001])/)) {
    if (piece === HIT_OPEN) hit = true
    else if (piece === HIT_CLOSE) hit = false
    else if (piece) found.push({ text: piece, hit })
  }
  return found
}
