/** Writes each file of the built app compressed beside it: `.br` and `.gz`, where that saves something. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = new URL('../../src/dateline/server/static/', import.meta.url)
const TEXT = /\.(js|css|html|svg|json)$/
const names = readdirSync(folder, { recursive: true }).filter((name) => TEXT.test(name))

for (const name of names) {
  const file = new URL(name, folder)
  if (!statSync(file).isFile()) continue
  const plain = readFileSync(file)
  const packed = {
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gz: gzipSync(plain, { level: 9 }),
  }
  for (const [suffix, bytes] of Object.entries(packed)) {
    if (bytes.length < 0.9 * plain.length)
      writeFileSync(new URL(`${name}.${suffix}`, folder), bytes)
  }
}
