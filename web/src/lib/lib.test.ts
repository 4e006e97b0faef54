import { describe, expect, it } from 'vitest'
import { active, fromQuery, toQuery, toggled, without } from './filter'
import { interval, lastDay } from './format'
import { paragraphs, segments, type Mark } from './layers'
import { Offsets } from './offsets'
import { pageOf } from './pages'
import { safeLink, splitKey } from './paths'

describe('offsets count code points', () => {
  it('reads words behind a pair of surrogates', () => {
    const text = 'A \u{1F525} in Lyon'
    expect(new Offsets(text).slice(7, 11)).toBe('Lyon')
    expect(new Offsets(text).length).toBe(11)
  })
})

describe('segments', () => {
  const mark = (id: string, start: number, end: number): Mark => ({
    id,
    layer: 'events',
    start,
    end,
    part: 'core',
  })
  it('cover the text in order, whatever overlaps', () => {
    const text = 'Rebels attacked a village near Gao.'
    const found = segments(text, [mark('a', 0, 15), mark('b', 7, 25), mark('c', 90, 99)])
    expect(found.map((s) => s.text).join('')).toBe(text)
    expect(found.find((s) => s.text === 'attacked')?.marks.map((m) => m.id)).toEqual(['b', 'a'])
  })
  it('break at lines', () => {
    expect(paragraphs(segments('One.\n\nTwo.', []))).toHaveLength(2)
  })
})

describe('the filter lives in the address', () => {
  it('is the same after a round trip', () => {
    const query = 'type=ASSAULT&type=PROTEST&country=MLI&since=2023'
    expect(toQuery(fromQuery(query))).toBe(query)
  })
  it('switches values on and off', () => {
    const on = toggled(fromQuery(''), 'type', 'AID')
    expect(active(on)).toEqual([{ name: 'type', value: 'AID' }])
    expect(active(without(on, 'type', 'AID'))).toEqual([])
  })
})

describe('dates are never more precise than they are', () => {
  it('keeps a month a month and an open end open', () => {
    expect(interval({ start: '2023-06-01', end: '2023-07-01', granularity: 'month' })).toBe(
      'Jun 2023',
    )
    expect(interval({ start: null, end: '2023-05-01', granularity: 'day' })).toBe(
      'before 1 May 2023',
    )
    expect(lastDay('2023-03-01')).toBe('2023-02-28')
  })
})

describe('addresses', () => {
  it('find their pages', () => {
    expect(pageOf('/')?.name).toBe('overview')
    expect(pageOf('/reports/news%2F2021%2Fa%20b')?.params.id).toBe('news/2021/a b')
    expect(pageOf('/nothing')).toBeNull()
  })
  it('follow no script', () => {
    expect(safeLink('javascript:alert(1)')).toBeNull()
    expect(splitKey('news/1/e7-15')).toEqual({ report: 'news/1', record: 'e7-15' })
  })
})
