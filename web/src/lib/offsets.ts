/**
 * Offsets of records count code points, as Python does; those of JavaScript count UTF-16 units.
 */
export class Offsets {
  readonly #units: Uint32Array | null

  constructor(readonly text: string) {
    this.#units = hasPairs(text) ? unitsOf(text) : null
  }

  /** The UTF-16 offset of a code point's offset, kept inside the text. */
  unit(point: number): number {
    const at = Math.max(0, point)
    if (!this.#units) return Math.min(at, this.text.length)
    return this.#units[Math.min(at, this.#units.length - 1)] ?? this.text.length
  }

  /** The words between two code points' offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end))
  }

  /** How many code points the text has. */
  get length(): number {
    return this.#units ? this.#units.length - 1 : this.text.length
  }
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text)
}

function unitsOf(text: string): Uint32Array {
  const units: number[] = []
  let at = 0
  for (const point of text) {
    units.push(at)
    at += point.length
  }
  units.push(at)
  return Uint32Array.from(units)
}
