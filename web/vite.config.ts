import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const desk = process.env.DATELINE_DESK ?? 'http://127.0.0.1:8017'

/** What the desk's server answers itself; everything else is a page of the app. */
const DATA = '^/(.*\\.(json|csv)(\\?.*)?|export/.*|code|judgements.*|session)$'

export default defineConfig({
  plugins: [svelte()],
  experimental: {
    // What a chunk loads lies beside it, under whatever path the desk is shown; the server writes that into the page.
    renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  build: {
    outDir: '../src/dateline/server/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { [DATA]: { target: desk } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
