import type { WorldDeed, WorldEvent } from 'rollout-engine/simulate'
import { commandKinds } from '../commandKinds'
import type { GivenCommand, PlaygroundState } from '../state'
import type { PlacedIssue } from './messages'

// What happens in the simulation, out of the texts of the form.

/** Events with the field of the form that each came from. */
export interface Happenings {
  readonly events: readonly WorldEvent[]
  readonly fields: readonly string[]
  readonly issues: readonly PlacedIssue[]
}

const units = { d: 86_400, h: 3600, m: 60, s: 1 }
const duration = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,9})s?)?$/

/** `1h30m`, `90s` or `90`; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const parts = duration.exec(text.trim())
  if (!parts) return undefined
  return Object.values(units).reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0)
}

const notATime = (where: string, text: string): PlacedIssue => ({
  where,
  text: `"${text}" is no time: write 90s, 5m or 1h30m`,
  isError: true,
})

/** A time of the form; what is wrong with it is added to the issues. */
export function timeOf(where: string, text: string, issues: PlacedIssue[]): number {
  const seconds = secondsOf(text)
  if (seconds === undefined) issues.push(notATime(where, text))
  return seconds ?? 0
}

/** `web=web:2` or `web:2`. */
export function imageOf(text: string): { readonly image: string; readonly container?: string } {
  const [, container, image] = /^([^=]+)=(.+)$/.exec(text.trim()) ?? []
  return image === undefined ? { image: text.trim() } : { image, container }
}

export function happeningsOf({ image, imageAt, commands }: PlaygroundState): Happenings {
  const issues: PlacedIssue[] = []
  const events: WorldEvent[] = []
  const fields: string[] = []
  if (image.trim() !== '') {
    events.push({ atSeconds: timeOf('Time of the update', imageAt, issues), ...imageOf(image) })
    fields.push('Image of the update')
  }
  for (const [index, command] of commands.entries()) {
    const field = `Command ${index + 1}`
    const deed = deedOf(command)
    if (typeof deed === 'string') issues.push({ where: field, text: deed, isError: true })
    else {
      const isPaused = command.at.trim() === ''
      events.push({ ...(isPaused ? { whenPaused: true } : { atSeconds: timeOf(field, command.at, issues) }), ...deed })
      fields.push(field)
    }
  }
  return { events, fields, issues }
}

/** What a command does, or what is wrong with it. */
function deedOf({ what, value }: GivenCommand): WorldDeed | string {
  const kind = commandKinds.find(({ name }) => name === what)
  if (kind === undefined) return `there is no command "${what}"`
  const text = value.trim()
  if (kind.value === 'image') return text === '' ? 'say which image' : imageOf(text)
  if (kind.value === 'count') return /^\d{1,5}$/.test(text) ? { replicas: Number(text) } : 'say how many pods: a number'
  if (kind.name === 'undo' && text !== '')
    return /^\d{1,9}$/.test(text) ? { command: 'undo', toRevision: Number(text) } : 'the revision is a number'
  return { command: kind.name as 'promote' }
}
