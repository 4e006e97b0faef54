/** The server: reading, writing, and what went wrong in words. */
import { untrack } from 'svelte'
import { outer } from './root'
import { S } from './strings'
import type { Session } from './types'

/** An answer that says no (RFC 9457), or none at all (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail)
  }
}

export const session = $state<{ now: Session | null }>({ now: null })
/** How many requests are under way: the bar at the top shows it. */
export const traffic = $state({ open: 0 })

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response
  // An effect that asks must not hang on the count that asking changes: it would run for ever.
  untrack(() => traffic.open++)
  try {
    answer = await fetch(outer(url), { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, S.errors.unreachable)
  } finally {
    traffic.open--
  }
  if (answer.ok) return answer
  if (answer.status === 401 && session.now)
    session.now = { ...session.now, needs_login: true, user: null }
  throw new Problem(answer.status, await detailOf(answer))
}

async function detailOf(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { detail?: unknown; title?: unknown }
    const said = problem.detail ?? problem.title
    return typeof said === 'string' ? said : S.errors.status(answer.status)
  } catch {
    return S.errors.status(answer.status)
  }
}

/** Read JSON. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await ask(url, { signal, headers: { Accept: 'application/json' } })
  try {
    return (await answer.json()) as T
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(answer.status, S.errors.notData)
  }
}

/** Write JSON, with the token that shows the request comes from this page. */
export async function send<T>(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await ask(url, {
    method,
    signal,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'X-CSRF-Token': session.now?.csrf ?? '',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return (text ? JSON.parse(text) : null) as T
}

/** Ask who one is. A desk without sessions is open to all, to read. */
export async function whoAmI(): Promise<void> {
  try {
    session.now = await get<Session>('/session.json')
  } catch (error) {
    const open = error instanceof Problem && error.status === 404
    session.now = {
      user: null,
      role: 'reader',
      csrf: null,
      needs_login: !open && isRefused(error),
      version: '',
    }
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.status === 401
}

export function mayJudge(): boolean {
  return session.now?.role === 'coder' || session.now?.role === 'admin'
}

/** Something read from the server: what came last stays until the next has come. */
export class Load<T> {
  value = $state.raw<T | null>(null)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  #running: AbortController | null = null
  #url: string | null = null

  /** Read an address; `null` empties. Call it in an effect and return what it returns. */
  from(url: string | null): () => void {
    this.#running?.abort()
    this.#url = url
    if (url === null) {
      this.value = null
      this.busy = false
      return () => {}
    }
    const running = new AbortController()
    this.#running = running
    untrack(() => void this.#read(url, running))
    return () => running.abort()
  }

  /** Read the same address again. */
  again(): void {
    if (this.#url) this.from(this.#url)
  }

  async #read(url: string, running: AbortController) {
    this.busy = true
    try {
      const value = await get<T>(url, running.signal)
      if (running.signal.aborted) return
      this.value = value
      this.problem = null
    } catch (error) {
      if (running.signal.aborted) return
      this.value = null
      this.problem = error instanceof Problem ? error : new Problem(0, String(error))
    } finally {
      if (!running.signal.aborted) this.busy = false
    }
  }
}
