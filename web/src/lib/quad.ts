/** The quad class of a type, for what is merged of several events and has none of its own. */
const TYPES: Record<string, number> = {
  AGREE: 1,
  CONSULT: 1,
  SUPPORT: 1,
  CONCEDE: 1,
  COOPERATE: 2,
  AID: 2,
  RETREAT: 2,
  REQUEST: 3,
  ACCUSE: 3,
  REJECT: 3,
  THREATEN: 3,
  PROTEST: 4,
  SANCTION: 4,
  MOBILIZE: 4,
  COERCE: 4,
  ASSAULT: 4,
}

export function quadOf(event: { type: string; negated?: boolean | null }): number | null {
  return event.negated ? null : (TYPES[event.type] ?? null)
}
