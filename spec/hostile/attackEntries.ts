import { describe, expect, test } from 'vitest'
import { propertySeed } from '../properties/recorded'
import { attackOnce, type Casualty } from './attack'
import { targetsOf } from './targets'

// The part of the attack that `npm test` runs. `npm run attack` gives each function a million inputs, with a watchdog.

const mostInputsEach = 20_000

/** Processor time for one function: what is dear gets fewer inputs, so that `npm test` ends in minutes on any machine. */
const mostMicroseconds = 800_000

/** `HOSTILE_INPUTS=500` for a quick look. */
const mostInputs = Number(process.env.HOSTILE_INPUTS ?? Number.POSITIVE_INFINITY)

/** The first input that each published function of the entries does not survive. */
export async function attackEntries(entries: readonly string[]): Promise<void> {
  const targets = (await Promise.all(entries.map(targetsOf))).flat()
  describe(`no input throws, changes anything, or gives something else the second time (PROPERTY_SEED=${propertySeed})`, () => {
    test.for(targets.map((target) => [target.entry, target.name, target] as const))(
      '%s %s',
      {
        timeout: 600_000,
      },
      async ([, , target]) => {
        const count = Math.min(mostInputsEach, mostInputs)
        const casualties: Casualty[] = []
        const before = process.cpuUsage()
        for (let index = 0; index < count && casualties.length === 0; index++) {
          if (process.cpuUsage(before).user > mostMicroseconds) break
          const casualty = await attackOnce(target, propertySeed, index)
          if (casualty) casualties.push(casualty)
        }
        expect(casualties).toEqual([])
      },
    )
  })
}
