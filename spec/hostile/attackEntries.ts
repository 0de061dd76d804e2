import { afterAll, describe, expect, test } from 'vitest'
import { propertySeed } from '../properties/seed'
import { attackOnce, type Casualty } from './attack'
import { targetsOf } from './targets'

// The part of the attack that `npm test` runs. `npm run attack` tries a million inputs, with a watchdog for each.

const mostInputsEach = 20_000

/** Processor time for one function. What is dear gets fewer inputs, which is said at the end; `npm run attack` gives it all of them. */
const mostMicroseconds = 1_500_000

/** Far more than any input should need, so that a busy machine makes no casualty; `npm run attack` allows less. */
const patient = { longestMilliseconds: 5_000, beat: () => {} }

/** `HOSTILE_INPUTS=500` for a quick look. */
const mostInputs = Math.min(mostInputsEach, Number(process.env.HOSTILE_INPUTS ?? Number.POSITIVE_INFINITY))

/** The first input that each published function of the entries does not survive. */
export async function attackEntries(entries: readonly string[]): Promise<void> {
  const targets = (await Promise.all(entries.map(targetsOf))).flat()
  const reached: { readonly name: string; readonly inputs: number }[] = []
  describe(`no input throws, changes anything, or gives something else the second time (PROPERTY_SEED=${propertySeed})`, () => {
    test.for(targets.map((target) => [target.entry, target.name, target] as const))(
      '%s %s',
      { timeout: 600_000 },
      async ([, name, target]) => {
        const casualties: Casualty[] = []
        const before = process.cpuUsage()
        let inputs = 0
        for (; inputs < mostInputs && casualties.length === 0; inputs++) {
          if (process.cpuUsage(before).user > mostMicroseconds) break
          const casualty = await attackOnce(target, propertySeed, inputs, patient)
          if (casualty) casualties.push(casualty)
        }
        reached.push({ name, inputs })
        expect(casualties).toEqual([])
      },
    )
    afterAll(() => tell(reached))
  })
}

function tell(reached: readonly { readonly name: string; readonly inputs: number }[]): void {
  const fewer = reached.filter(({ inputs }) => inputs < mostInputs)
  const words = fewer.map(({ name, inputs }) => `${name} ${inputs}`)
  console.log(
    `${mostInputs} inputs for ${reached.length - fewer.length} functions; in ${mostMicroseconds / 1e6} s of processor time fewer for ${fewer.length}: ${words.join(', ')}`,
  )
}
