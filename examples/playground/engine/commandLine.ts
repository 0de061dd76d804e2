import { emptyState, type GivenCommand, type PlaygroundState } from '../state'

/** The same question as a command for a terminal; the files are to be saved by hand. */
export function commandLineOf(state: PlaygroundState): string {
  const { image, imageAt, isBroken, readyAfter, until, controller, commands, measurements, rollout } = state
  const name = image.trim()
  const words = [
    ...(rollout.trim() === '' ? [] : ['--rollout', rollout.trim()]),
    ...(name === '' ? [] : ['--update', `${name}@${imageAt}`]),
    ...(name !== '' && isBroken ? ['--never-ready', name.replace(/^[^=]+=/, '')] : []),
    ...commands.flatMap(commandWords),
    ...['--ready-after', readyAfter, '--until', until],
    ...(controller === emptyState.controller ? [] : ['--controller', controller]),
    ...(measurements.trim() === ''
      ? []
      : ['--series', `measurements.${/^\s*[[{]/.test(measurements) ? 'json' : 'csv'}`]),
  ]
  return ['rollout-engine', 'simulate', 'rollout.yaml', ...words.map((word) => quoted(word))].join(' ')
}

function commandWords({ at, what, value }: GivenCommand): readonly string[] {
  const word = what.replace('promote --full', 'promote-full')
  const text = value.trim() === '' ? word : `${word}:${value.trim()}`
  return at.trim() === '' ? ['--when-paused', text] : ['--at', `${at.trim()}=${text}`]
}

/** As a shell takes it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\n', ' ').replaceAll("'", "'\\''")}'`
