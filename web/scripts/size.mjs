/** Fails where the first page needs more script than 300 KB, gzipped. */
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const MOST = 300_000
const folder = new URL('../../src/dateline/server/static/', import.meta.url)
const html = readFileSync(new URL('index.html', folder), 'utf8')
const linked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((found) => found[1])
const pages = readdirSync(new URL('assets/', folder)).filter(
  (name) => name.endsWith('.js') && /^(Overview|State|Badge|Bars|paths|Load|select)/.test(name),
)
const names = [...new Set([...linked, ...pages.map((name) => `assets/${name}`)])]
const size = (name) => gzipSync(readFileSync(new URL(name, folder))).length
const total = names.reduce((sum, name) => sum + size(name), 0)
console.log(`first page: ${(total / 1000).toFixed(1)} KB of script, gzipped`)
if (total > MOST) process.exit(1)
