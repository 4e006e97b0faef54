import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Data must never be read as HTML.
      'svelte/no-at-html-tags': 'error',
      // Links are made by our own `path` helpers; there is no SvelteKit here.
      'svelte/no-navigation-without-resolve': 'off',
      // A Map or Set made and read in one computation is not state.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { ignores: ['node_modules/', '../src/dateline/server/static/'] },
)
