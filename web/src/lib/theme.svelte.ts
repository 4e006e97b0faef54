/** Light or dark: as the system says, until the reader says otherwise. */

type Theme = 'light' | 'dark'
const KEY = 'dateline.theme'

export const theme = $state<{ now: Theme }>({ now: 'light' })

function kept(): Theme | null {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'dark' || value === 'light' ? value : null
  } catch {
    return null
  }
}

function show(value: Theme) {
  theme.now = value
  document.documentElement.dataset.theme = value
}

export function initTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  show(kept() ?? (dark.matches ? 'dark' : 'light'))
  dark.addEventListener('change', () => {
    if (!kept()) show(dark.matches ? 'dark' : 'light')
  })
}

export function switchTheme() {
  show(theme.now === 'dark' ? 'light' : 'dark')
  try {
    localStorage.setItem(KEY, theme.now)
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}
