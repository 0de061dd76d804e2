import { type Explanation, secondsBetween, type Wait } from './explain'
import { spanText } from './spanText'

/** An explanation as lines for people; no line is cut, so that a reader may wrap as they like. */
export function explanationText(explanation: Explanation): string {
  const {
    namespace,
    name,
    now,
    phase,
    message,
    step,
    waits,
    circle = [],
    commands,
    ifNobodyActs,
    controller,
  } = explanation
  const state = [phase || 'no phase yet', ...(message ? [`(${message})`] : [])].join(' ')
  return [
    `Rollout ${namespace}/${name}: ${state}${step === undefined ? '' : `, ${step}`}`,
    `as the controller ${controller} decides at ${now}`,
    '',
    ...(waits.length === 0
      ? ['nothing holds it up']
      : ['it waits for', ...waits.map((wait) => `  - ${waitText(wait, explanation)}`)]),
    ...circleLines(circle),
    ...wakeUpLines(explanation),
    '',
    `if nobody does anything: ${ifNobodyActs.sentence}`,
    ...ifNobodyActs.assumes.map((text) => `  (if ${text})`),
    ...(commands.length === 0 ? [] : ['', 'commands that change something now']),
    ...commands.flatMap(({ command, why, breaks }) => [
      `  ${command}: ${why}`,
      ...breaks.map((text) => `    ! ${text}`),
    ]),
  ].join('\n')
}

function waitText({ object, waitsFor, since, until, clearedBy, command }: Wait, { name, now }: Explanation): string {
  const waited = secondsBetween(since, now)
  const left = secondsBetween(now, until)
  const parts = [
    object === `Rollout ${name}` ? waitsFor : `${object}: ${waitsFor}`,
    ...(since === undefined ? [] : [`since ${since}${waited === undefined ? '' : ` (${spanText(waited)})`}`]),
    ...(until === undefined
      ? []
      : [`until ${until} at the latest${left === undefined ? '' : ` (${spanText(left)} more)`}`]),
    `ended by ${clearedBy}`,
    ...(command === undefined ? [] : [`command: ${command}`]),
  ]
  return parts.join('; ')
}

function wakeUpLines({ wakeUps, name, now }: Explanation): readonly string[] {
  if (wakeUps.length === 0) return []
  const lines = wakeUps.map(({ object, at, reason }) => {
    const left = secondsBetween(now, at)
    const whose = object === `Rollout ${name}` ? '' : `${object}: `
    return `  - ${at}${left === undefined ? '' : ` (in ${spanText(left)})`}: ${whose}${reason}`
  })
  return ['', 'the controller reconciles again by itself', ...lines]
}

/** The last line leads back to the first. */
function circleLines(circle: readonly string[]): readonly string[] {
  if (circle.length === 0) return []
  return [
    '',
    'a circle: each waits for the next, the last for the first, and only a person ends it',
    ...circle.map((text, at) => `  ${at + 1}. ${text}${at + 1 === circle.length ? ' -> 1.' : ` -> ${at + 2}.`}`),
  ]
}
