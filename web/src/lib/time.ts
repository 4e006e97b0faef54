/** Days, weeks and months on an axis: in milliseconds since 1970, UTC. */
import type { Bucket } from './types'

export type Unit = 'day' | 'week' | 'month'
export type Stretch = readonly [from: number, to: number]

export const DAY = 86_400_000
/** Pixels that the names of lanes take, so that what stands above them shares their axis; none below `NARROW`. */
export const LANE_NAMES = 160
export const NARROW = 560
/** Bars that one chart draws. */
const MOST = 400
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** When a date begins, to the precision it has; `NaN`: it is none. */
export function stamp(text: string): number {
  if (text.length === 4) return Date.parse(`${text}-01-01`)
  if (text.length === 7) return Date.parse(`${text}-01`)
  return Date.parse(text.length === 10 || /Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
}

/** The day of a moment. */
export function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** When the next day, week or month begins. */
export function after(time: number, unit: Unit): number {
  if (unit !== 'month') return time + (unit === 'day' ? DAY : 7 * DAY)
  const at = new Date(time)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)
}

export interface Bar {
  from: number
  to: number
  count: number
}

/**
 * Bars without gaps, so that the axis is time and an empty month is seen as one.
 *
 * A few events centuries before all others would leave the rest no room: where there would be
 * more than 400 bars, the 400 are drawn that hold most, and `left` says how many events do not.
 */
export function bars(buckets: readonly Bucket[], unit: Unit): { bars: Bar[]; left: number } {
  const counted = new Map<number, number>()
  for (const one of buckets) {
    const at = stamp(one.start)
    if (!Number.isNaN(at)) counted.set(at, (counted.get(at) ?? 0) + one.count)
  }
  const starts = [...counted.keys()].sort((a, b) => a - b)
  if (!starts.length) return { bars: [], left: 0 }
  const room = (MOST - 1) * (unit === 'day' ? DAY : unit === 'week' ? 7 * DAY : 30.44 * DAY)
  let [sum, low, all] = [0, 0, 0]
  let best = { count: -1, first: starts[0]!, last: starts[0]! }
  for (const last of starts) {
    sum += counted.get(last)!
    all += counted.get(last)!
    while (last - starts[low]! > room) sum -= counted.get(starts[low++]!)!
    if (sum >= best.count) best = { count: sum, first: starts[low]!, last }
  }
  const found: Bar[] = []
  for (let at = best.first; at <= best.last; at = after(at, unit))
    found.push({ from: at, to: after(at, unit), count: counted.get(at) ?? 0 })
  return { bars: found, left: all - best.count }
}

/**
 * Buckets that reach as far as the events do: those dated to a year or longer are counted in none.
 *
 * Of many events the outermost fortieth at each end is left outside.
 */
export function reaching(
  buckets: readonly Bucket[],
  items: readonly { start: string | null; end: string | null }[],
  unit: Unit,
): Bucket[] {
  const starts = moments(items.map((one) => one.start ?? one.end))
  const ends = moments(items.map((one) => one.end ?? one.start))
  if (!starts.length) return [...buckets]
  const spare = Math.floor(starts.length / 40)
  const outer = [starts[spare]!, Math.max(starts[spare]!, ends[ends.length - 1 - spare]! - 1)]
  return [...buckets, ...outer.map((at) => ({ start: iso(begin(at, unit)), count: 0 }))]
}

function moments(dates: readonly (string | null)[]): number[] {
  return dates
    .map((date) => stamp(date ?? ''))
    .filter((at) => !Number.isNaN(at))
    .sort((a, b) => a - b)
}

/** When the day, week or month of a moment begins. */
function begin(time: number, unit: Unit): number {
  const at = new Date(time)
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  if (unit === 'month') return Date.UTC(year, month, 1)
  return Date.UTC(year, month, unit === 'week' ? day - ((at.getUTCDay() + 6) % 7) : day)
}

/** Where an axis of a stretch is marked, and with which words: at most about `most` marks. */
export function ticks([from, to]: Stretch, most: number): { at: number; text: string }[] {
  const days = (to - from) / DAY / Math.max(1, most)
  if (days <= 12) return ofDays(from, to, [1, 2, 7, 14].find((step) => step >= days) ?? 14)
  return ofMonths(
    from,
    to,
    [1, 3, 6, 12, 24, 60, 120, 240, 600].find((m) => m * 30.5 >= days) ?? 1200,
  )
}

function ofDays(from: number, to: number, step: number) {
  const found = []
  for (let at = Math.ceil(from / DAY) * DAY; at < to; at += step * DAY) {
    const day = new Date(at)
    found.push({
      at,
      text: `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`,
    })
  }
  return found
}

function ofMonths(from: number, to: number, step: number) {
  const found = []
  const first = new Date(from)
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step
  for (;;) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (at >= to) return found
    const year = Math.floor(month / 12)
    if (at >= from)
      found.push({ at, text: step % 12 ? `${MONTHS[month % 12]} ${year}` : String(year) })
    month += step
  }
}

/** The rows of a lane in which stretches do not cover each other; −1: there is no room left. */
export function packed(stretches: readonly Stretch[], gap: number, rows: number): number[] {
  const ends: number[] = []
  return stretches.map(([from, to]) => {
    const free = ends.findIndex((end) => end + gap <= from)
    if (free >= 0) ends[free] = to
    else if (ends.length < rows) ends.push(to)
    else return -1
    return free >= 0 ? free : ends.length - 1
  })
}
