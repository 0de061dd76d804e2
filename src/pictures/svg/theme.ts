/** Colours of a picture: `auto` follows the reader's system. */
export type PictureTheme = 'light' | 'dark' | 'auto'

export const pictureThemes: readonly PictureTheme[] = ['light', 'dark', 'auto']

/** The theme that an option names; `auto` for anything else. */
export const themeOf = (given: unknown): PictureTheme => pictureThemes.find((one) => one === given) ?? 'auto'

/** Colours by use. Texts are `ink` or `soft`, both with a contrast of at least 4.5 : 1 on every surface below. */
export const palettes = {
  light: {
    surface: '#ffffff',
    panel: '#f6f8fa',
    line: '#d0d7de',
    ink: '#1f2328',
    soft: '#57606a',
    accent: '#0550ae',
    good: '#1a7f37',
    'good-tint': '#dcf5e3',
    busy: '#0969da',
    'busy-tint': '#ddeefc',
    wait: '#9a6700',
    'wait-tint': '#fdf0c4',
    bad: '#cf222e',
    'bad-tint': '#fde4e3',
    r1: '#b6c2d1',
    r2: '#5b9bea',
    r3: '#4fb8a3',
    r4: '#a98be0',
  },
  dark: {
    surface: '#0d1117',
    panel: '#161b22',
    line: '#3d444d',
    ink: '#e6edf3',
    soft: '#a3adb8',
    accent: '#79b8ff',
    good: '#3fb950',
    'good-tint': '#12301d',
    busy: '#58a6ff',
    'busy-tint': '#10294a',
    wait: '#d29922',
    'wait-tint': '#3a2a08',
    bad: '#f85149',
    'bad-tint': '#48191b',
    r1: '#4a5768',
    r2: '#2f6bc0',
    r3: '#237f6e',
    r4: '#7452b8',
  },
} as const

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif'

/** Custom properties of a palette: `--re-ink:#1f2328;...`. */
export const propertiesOf = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--re-${name}:${colour}`)
    .join(';')

/** The colours as CSS rules for what the selector matches. */
export function colourRules(selector: string, theme: PictureTheme): string {
  const first = theme === 'dark' ? palettes.dark : palettes.light
  const rules = `${selector}{${propertiesOf(first)}}`
  const dark = `@media (prefers-color-scheme:dark){${selector}{${propertiesOf(palettes.dark)}}}`
  return theme === 'auto' ? rules + dark : rules
}

/** What phases of Rollouts, AnalysisRuns and Experiments look like; a sign beside each colour. */
const tones: Readonly<Record<string, { readonly tone: string; readonly sign: string }>> = {
  Healthy: { tone: 'good', sign: '✔' },
  Successful: { tone: 'good', sign: '✔' },
  Progressing: { tone: 'busy', sign: '↻' },
  Running: { tone: 'busy', sign: '↻' },
  Pending: { tone: 'busy', sign: '…' },
  Paused: { tone: 'wait', sign: '‖' },
  Inconclusive: { tone: 'wait', sign: '?' },
  Degraded: { tone: 'bad', sign: '✖' },
  Failed: { tone: 'bad', sign: '✖' },
  Error: { tone: 'bad', sign: '⚠' },
}

export const toneOf = (phase: string): { readonly tone: string; readonly sign: string } =>
  (Object.hasOwn(tones, phase) ? tones[phase] : undefined) ?? { tone: 'none', sign: '·' }

const phaseTones = ['good', 'busy', 'wait', 'bad']

/** The style sheet of a picture; every selector begins with `.re-picture`, so that a page around it stays as it is. */
export function pictureStyle(theme: PictureTheme): string {
  const own = '.re-picture'
  return [
    colourRules(own, theme),
    `${own} text{fill:var(--re-ink);font-size:12px}`,
    `${own} .title{font-size:17px;font-weight:600}`,
    `${own} .soft{fill:var(--re-soft)}`,
    `${own} .head{font-weight:600}`,
    `${own} .count{paint-order:stroke;stroke:var(--re-surface);stroke-width:3px;stroke-opacity:.8;stroke-linejoin:round}`,
    `${own} .surface{fill:var(--re-surface)}`,
    `${own} .panel{fill:var(--re-panel)}`,
    `${own} .grid{stroke:var(--re-line);stroke-width:1}`,
    `${own} .mark{stroke:var(--re-accent);stroke-width:1;stroke-dasharray:2 3}`,
    `${own} .flag{fill:var(--re-accent)}`,
    `${own} .commanded{fill:none;stroke:var(--re-ink);stroke-width:1.5;stroke-dasharray:5 3}`,
    `${own} .wanted{fill:none;stroke:var(--re-soft);stroke-width:1}`,
    `${own} .none{fill:var(--re-panel);stroke:var(--re-line)}`,
    ...phaseTones.map((tone) => `${own} .${tone}{fill:var(--re-${tone}-tint);stroke:var(--re-${tone})}`),
    ...[1, 2, 3, 4].map((one) => `${own} .r${one}{fill:var(--re-r${one})}`),
    `${own} .hatch{stroke:var(--re-surface);stroke-opacity:.55;stroke-width:1.4;fill:none}`,
    `${own} .dot{fill:var(--re-surface);fill-opacity:.6}`,
  ].join('')
}
