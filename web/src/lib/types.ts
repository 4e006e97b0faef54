/** Shapes of the server's answers: parts of a coded report, and what the desk adds to them. */

export interface Span {
  start: number
  end: number
  text: string
}
export interface Blank {
  field: string
  reason: string
  note: string
}
export interface Reason {
  field: string
  rule: string
  detail: string
  spans: Span[]
  weight: number | null
}
export interface Interval {
  start: string | null
  end: string | null
  granularity: string
}
export interface Report {
  id: string
  text: string
  title: string | null
  url: string | null
  publisher: string | null
  authors: string[]
  published: string | null
  published_basis: string
  language: string | null
  source: string | null
  method: string | null
}
/** What a report tells in one line. */
export interface Gist {
  id: string
  sentence: Span
  who: Span[]
  participants: string[]
  what: Span
  where: Span | null
  place: string | null
  time: string | null
  interval: Interval | null
  status: string
  negated: boolean
  event: string | null
  why: Reason[]
  blanks: Blank[]
}
export interface TimeExpression {
  id: string
  span: Span
  type: string
  value: string | null
  mod: string | null
  interval: Interval | null
  bound: string | null
  anchor: string | null
  direction: string | null
  basis: string
  rule: string
  blanks: Blank[]
}
export interface Quantity {
  id: string
  span: Span
  value: number | null
  low: number | null
  high: number | null
  kind: string
  unit: string | null
  approximation: string
  counted: Span | null
  change: string | null
  rule: string
  blanks: Blank[]
}
export interface Office {
  title: string
  country: string | null
  sector: string | null
  start: string | null
  end: string | null
}
export interface Actor {
  id: string
  name: string
  kind: string
  country: string | null
  sectors: string[]
  wikidata: string | null
  offices: Office[]
}
export interface Participant {
  id: string
  span: Span
  head: Span
  kind: string | null
  name: string
  actor: string | null
  country: string | null
  sectors: string[]
  title: string | null
  cluster: string | null
  members: string[]
  score: number | null
  runner_up: string | null
  basis: string
  why: Reason[]
  blanks: Blank[]
}
export interface Place {
  associative: boolean
  id: string
  span: Span
  name: string
  geonameid: number | null
  lat: number | null
  lon: number | null
  country: string | null
  admin1: string | null
  precision: string | null
  hierarchy: string[]
  score: number | null
  runner_up: string | null
  basis: string
  why: Reason[]
  blanks: Blank[]
}
export interface Statement {
  id: string
  kind: string
  content: Span[]
  cue: Span | null
  source: Span | null
  speaker: string | null
  speaker_class: string
  addressee: string | null
  stance: string
  negated: boolean
  medium: string | null
  time: string | null
  interval: Interval | null
  time_basis: string
  confidence: number
  why: Reason[]
  blanks: Blank[]
}
export interface Event {
  id: string
  type: string
  mode: string | null
  contexts: string[]
  status: string
  negated: boolean
  historical: boolean
  main: boolean
  plover_type: string | null
  quad: number | null
  scale: number | null
  cameo: string | null
  goldstein: number | null
  trigger: Span
  sentence: Span
  mentions: Span[]
  actors: string[]
  recipients: string[]
  instruments: Span[]
  themes: Span[]
  place: string | null
  place_basis: string
  time: string | null
  interval: Interval | null
  time_basis: string
  sizes: { role: string; quantity: string }[]
  claim: string | null
  confidence: number
  why: Reason[]
  blanks: Blank[]
}
export interface Commitment {
  id: string
  kind: string
  strength: string
  span: Span
  holders: string[]
  beneficiaries: string[]
  what: Span | null
  event: string | null
  statement: string | null
  negated: boolean
  deadline: Interval | null
  time: string | null
  condition: Span | null
  specific: boolean
  verifiable: boolean
  dated: boolean
  attributable: boolean
  confidence: number
  why: Reason[]
  blanks: Blank[]
}
export interface Coded {
  report: Report
  versions: { dateline: string; schema: string; model: string; data: [string, string][] }
  dating: { interval: Interval | null; basis: string; reasons: Reason[]; blanks: Blank[] }
  sentences: Span[]
  furniture: Span[]
  times: TimeExpression[]
  quantities: Quantity[]
  actors: Actor[]
  participants: Participant[]
  places: Place[]
  statements: Statement[]
  events: Event[]
  commitments: Commitment[]
  gist?: Gist | null
  contexts: string[]
  failures: { stage: string; error: string }[]
  blanks: Blank[]
}

export interface Listed<T> {
  items: T[]
  next: string | null
  total: number
}
export interface ReportHead {
  id: string
  title: string | null
  /** How the text begins, where there is no title. */
  lead: string | null
  publisher: string | null
  published: string | null
  published_basis: string
  url: string | null
  events: number
  statements: number
  commitments: number
  previous: string | null
}
/** A flat row of an event; a cell may hold several values joined by "; ". */
export interface EventRow {
  key: string
  report_id: string
  report_title: string | null
  published: string | null
  publisher: string | null
  id: string
  type: string
  mode: string | null
  contexts: string | null
  status: string
  negated: boolean
  historical: boolean
  main: boolean
  quad: number | null
  scale: number | null
  trigger: string
  trigger_start: number
  trigger_end: number
  sentence: string
  sentence_start: number
  sentence_end: number
  interval_start: string | null
  interval_end: string | null
  interval_granularity: string | null
  time_basis: string
  confidence: number
  actor_name: string | null
  actor_country: string | null
  recipient_name: string | null
  recipient_country: string | null
  place_name: string | null
  place_country: string | null
  place_precision: string | null
  geonameid: number | null
  dead_best?: number | null
  injured_best?: number | null
  arrested_best?: number | null
  judgement: Judgement | string | null
}
export interface Judgement {
  number: number
  action: string
  layer: string
  report: string
  record: string
  field?: string | null
  value?: unknown
  other?: string | null
  note?: string | null
  user?: string | null
  coder?: string | null
  by?: string | null
  at?: string | null
  undone?: boolean | number | null
}
export interface FacetValue {
  value: string | number
  count: number
  label?: string
}
export type Facets = Record<string, FacetValue[]>
export interface PlaceHead {
  geonameid: number
  name: string
  country: string | null
  admin1?: string | null
  lat: number | null
  lon: number | null
  precision: string | null
  count?: number
  mentions?: number
  events?: number
}
export interface MapPoint extends PlaceHead {
  count: number
  types: Record<string, number>
}
export interface TimelineItem {
  key: string
  lane: string
  start: string | null
  end: string | null
  granularity: string
  type: string
  status: string
  negated?: boolean
  quad: number | null
  label: string
}
export interface Counts {
  buckets: Bucket[]
  total: number
  undated: number
}
export interface Board {
  states: Record<string, number>
  deadlines: { month: string; [state: string]: number | string }[]
  total: number
  as_of: string
}
export interface Bucket {
  start: string
  count: number
}
export interface Timeline {
  lanes: string[]
  items: TimelineItem[]
  buckets: Bucket[]
  total: number
}
export interface NetworkNode {
  id: string
  name: string
  country: string | null
  sector: string | null
  count: number
}
export interface NetworkLink {
  source: string
  target: string
  quad_class: number | null
  count: number
  first: string | null
  last: string | null
  months?: Record<string, number>
}
export interface Network {
  nodes: NetworkNode[]
  links: NetworkLink[]
}
export interface StatementRow {
  key: string
  report_id: string
  report_title: string | null
  published: string | null
  publisher: string | null
  id: string
  kind: string
  content: string | null
  source: string | null
  speaker_class: string
  stance: string
  medium: string | null
  interval_start: string | null
  interval_end: string | null
  interval_granularity: string | null
  confidence: number
  who: string | null
}
export interface CommitmentRow {
  key: string
  report_id: string
  report_title: string | null
  published: string | null
  publisher: string | null
  id: string
  kind: string
  strength: string
  span: string
  who: string | null
  what: string | null
  negated: boolean
  deadline_start: string | null
  deadline_end: string | null
  deadline_granularity: string | null
  condition: string | null
  confidence: number
  state: string
}
export interface ActorRow {
  id: string
  name: string
  kind: string | null
  country: string | null
  sectors: string | null
  events: number
  statements: number
  commitments: number
}
export interface EventAnswer {
  event: Event
  row: EventRow
  participants: Participant[]
  quantities: Quantity[]
  times: TimeExpression[]
  places: Place[]
  statement: Statement | null
  sentence: Span
  why: Reason[]
  merged: string | null
  judgements: Judgement[]
}
export interface MergedParty {
  name: string
  country: string | null
  sector: string | null
  actor: string | null
  reports: string[]
}
export interface Merged {
  id: string
  type: string
  mode: string | null
  status: string
  negated: boolean
  interval: Interval | null
  place: {
    name: string
    country: string | null
    geonameid: number | null
    precision: string | null
  } | null
  actors: MergedParty[]
  recipients: MergedParty[]
  numbers: {
    role: string
    best: number | null
    low: number | null
    high: number | null
    said: {
      value: number | null
      low: number | null
      high: number | null
      reports: string[]
      sources: number
    }[]
  }[]
  fields: {
    field: string
    agree: boolean
    values: { value: string; reports: string[]; sources: number }[]
  }[]
  links: MergedLink[]
  reports: string[]
  sources: string[]
  story: string | null
  first: string | null
  last: string | null
  confidence: number
}
export interface MergedLink {
  report: string
  event: string
  score: number
  why: Reason[]
  title?: string | null
  publisher?: string | null
  published?: string | null
  sentence?: Span | string | null
}
export interface Story {
  id: string
  title: string | null
  reports: string[]
  first: string | null
  last: string | null
  copies: string[][]
  sources: string[]
}
export interface Overview {
  new: ReportHead[]
  activity: Bucket[]
  dyads: {
    actor: string
    actor_id: string
    recipient: string
    recipient_id: string
    count: number
  }[]
  places: (PlaceHead & { count: number })[]
  deadlines: {
    report: string
    report_title: string | null
    id: string
    kind: string
    strength: string
    who: string | null
    what: string | null
    span: string
    negated: boolean
    deadline_end: string
  }[]
  contradictions: Merged[]
  counts: Record<string, number>
}
export interface SearchHit {
  report: string
  title: string | null
  lead: string | null
  published: string | null
  snippet: string
  rank: number
}
export interface Session {
  user: string | null
  role: 'reader' | 'coder' | 'admin' | null
  csrf: string | null
  needs_login: boolean
  version: string
}
