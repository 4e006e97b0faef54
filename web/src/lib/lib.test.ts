import { describe, expect, it } from 'vitest'
import { active, fromQuery, toQuery, toggled, without } from './filter'
import { fieldValue, interval, lastDay, origin, stretchOf, unquoted } from './format'
import { paragraphs, segments, type Mark } from './layers'
import { Offsets } from './offsets'
import { pageOf } from './pages'
import { safeLink, splitKey } from './paths'
import { quadOf } from './quad'
import { inner, outer } from './root'
import { bars, reaching, packed, stamp, ticks } from './time'

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

it('a chart of time has no gaps, and leaves out what lies far from all else', () => {
  const months = bars(
    [
      { start: '2021-11', count: 2 },
      { start: '2022-02', count: 1 },
    ],
    'month',
  )
  expect(months.bars.map((b) => b.count)).toEqual([2, 0, 0, 1])
  const outlier = [
    { start: '1815-06', count: 1 },
    { start: '2021-11', count: 2 },
  ]
  expect(bars(outlier, 'month')).toMatchObject({ bars: [{ count: 2 }], left: 1 })
  expect(bars([], 'day')).toEqual({ bars: [], left: 0 })
})

it('a chart of time reaches as far as its events, but for a few far from all others', () => {
  const year = { start: '2014-01-01', end: '2015-01-01' }
  const month = { start: '2021-04-01', end: '2021-05-01' }
  const reached = reaching([{ start: '2021-04', count: 1 }], [year, month], 'month')
  expect(reached.slice(1)).toEqual([
    { start: '2014-01-01', count: 0 },
    { start: '2021-04-01', count: 0 },
  ])
  const many = [...Array<typeof month>(80).fill(month), { start: '1815-06-18', end: null }]
  expect(reaching([], many, 'month')[0]!.start).toBe('2021-04-01')
  expect(reaching([], [month], 'week').map((b) => b.start)).toEqual(['2021-03-29', '2021-04-26'])
  expect(reaching([], [], 'day')).toEqual([])
})

it('marks of an axis lie within it, at whole days, months or years', () => {
  const year = [stamp('2021-01-01'), stamp('2022-01-01')] as const
  expect(ticks(year, 4).map((t) => t.text)).toEqual([
    'Jan 2021',
    'Apr 2021',
    'Jul 2021',
    'Oct 2021',
  ])
  expect(ticks([stamp('2021-03-30'), stamp('2021-04-02')], 5).map((t) => t.text)[2]).toBe(
    '1 Apr 2021',
  )
  const long = [stamp('1900'), stamp('2020')] as const
  expect(ticks(long, 3).length).toBeLessThanOrEqual(4)
})

it('stretches that overlap lie in different rows while there is room', () => {
  expect(
    packed(
      [
        [0, 5],
        [3, 8],
        [6, 9],
        [7, 9],
      ],
      1,
      2,
    ),
  ).toEqual([0, 1, 0, -1])
})

describe('what is not known is not shown', () => {
  it('of a report', () => {
    expect(origin({ publisher: null, published: '2023-03' })).toBe('Mar 2023')
    expect(origin({ publisher: 'The Post' })).toBe('\u2068The Post\u2069')
    expect(origin({})).toBe('publisher and date not given')
  })
  it('of a story', () => {
    expect(stretchOf({ first: null, last: null })).toBe('')
    expect(stretchOf({ first: '2023-03-20', last: '2023-03-22' })).toBe(
      '20 Mar 2023 – 22 Mar 2023 · ',
    )
  })
})

it('what reports say of a field is read as a reader wants it', () => {
  expect(fieldValue('interval', '2010-01-01/2020-01-01')).toBe('2010 – 2019')
  expect(fieldValue('interval', '2023-03-20/2023-03-21')).toBe('20 Mar 2023')
  expect(fieldValue('status', 'not_known')).toBe('not known')
  expect(unquoted('"So it goes."')).toBe('So it goes.')
})

it('a merged event has the class of its type, and none where it did not happen', () => {
  expect(quadOf({ type: 'ASSAULT' })).toBe(4)
  expect(quadOf({ type: 'ASSAULT', negated: true })).toBeNull()
  expect(quadOf({ type: 'OTHER' })).toBeNull()
})

it('a desk with a name of its own shows addresses as they are', () => {
  expect([outer('/events'), inner('/events')]).toEqual(['/events', '/events'])
})
