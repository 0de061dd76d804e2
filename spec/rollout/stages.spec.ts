import { beforeAll, describe, expect, test } from 'vitest'
import { newestRelease } from '../../src/model/controllerVersion'
import { blueGreenStages } from '../../src/rollout/blueGreen'
import { canaryStages } from '../../src/rollout/canary'
import type { RolloutObservation } from '../../src/rollout/observation'
import { openingStages } from '../../src/rollout/reconcileRollout'
import { establish } from '../../src/rollout/resolve/establish'
import { semantics } from '../../src/rollout/semantics'
import { emptyMemory } from '../../src/rollout/specMemory'
import { type DraftPart, runStages, type Stage } from '../../src/rollout/turn/stage'
import { beginTurn } from '../../src/rollout/turn/turn'
import { completeObservations } from '../bench/observations'

// What the tables of stages say of the draft holds: for every path through them, and in recorded reconciles.

const tables = { canary: canaryStages, blueGreen: blueGreenStages } as const
type Strategy = keyof typeof tables
const strategies = ['canary', 'blueGreen'] as const

interface Flaw {
  readonly stage: string
  readonly part: DraftPart
  readonly what: 'needed before it is given' | 'given twice'
}

function flawsOf(stages: readonly Stage[]): readonly Flaw[] {
  const given = new Set<DraftPart>()
  const flaws: Flaw[] = []
  for (const { name, needs = [], gives = [] } of stages) {
    for (const part of needs) if (!given.has(part)) flaws.push({ stage: name, part, what: 'needed before it is given' })
    for (const part of gives) {
      if (given.has(part)) flaws.push({ stage: name, part, what: 'given twice' })
      given.add(part)
    }
  }
  return flaws
}

describe('every need was given before, and nothing is given twice', () => {
  test.for(strategies)('%s', (strategy) => {
    expect(flawsOf([...openingStages, ...tables[strategy]])).toEqual([])
  })

  test('a table with flaws is found out', () => {
    const run = (): 'continue' => 'continue'
    const late: Stage[] = [
      { name: 'early', needs: ['weights'], run },
      { name: 'one', gives: ['weights'], run },
      { name: 'two', needs: ['weights'], gives: ['weights'], run },
    ]
    expect(flawsOf(late).map(({ stage, what }) => `${stage}: ${what}`)).toEqual([
      'early: needed before it is given',
      'two: given twice',
    ])
  })
})

/** What stages did with parts of the draft: `traffic weights`. */
interface Uses {
  readonly read: Set<string>
  readonly written: Set<string>
}

/** Runs the stages of one reconcile as the reducer does, and notes which of them uses which part of the draft. */
function noteUses(observed: RolloutObservation, stages: readonly Stage[], uses: Uses): void {
  const differences = semantics[newestRelease]
  const { facts, unresolved, isBeingDeleted, unusable } = establish(observed, newestRelease, differences, emptyMemory())
  if (isBeingDeleted || unusable) return
  const begun = beginTurn(facts, differences, unresolved)
  let current = ''
  const draft = new Proxy(begun.draft, {
    get: (target, part: DraftPart) => {
      uses.read.add(`${current} ${part}`)
      return target[part]
    },
    set: (target, part, value) => {
      uses.written.add(`${current} ${String(part)}`)
      return Reflect.set(target, part, value)
    },
  })
  const watched = [...openingStages, ...stages].map(
    (stage): Stage => ({
      ...stage,
      run: (turn) => {
        current = stage.name
        return stage.run(turn)
      },
    }),
  )
  runStages({ ...begun, draft }, watched)
}

/** Families and how many of their reconciles; together they reach every part. */
const recorded: Readonly<Record<Strategy, Readonly<Record<string, number>>>> = {
  canary: { 'canary-routed': 100, 'canary-basic': 1300, 'canary-analysis': 700 },
  blueGreen: { 'blue-green-analysis': 800, 'target-groups': 50 },
}

describe.for(strategies)('in recorded reconciles, %s', (strategy) => {
  const stages = tables[strategy]
  const uses: Uses = { read: new Set(), written: new Set() }

  beforeAll(() => {
    for (const [family, most] of Object.entries(recorded[strategy]))
      for (const observed of completeObservations(family, most))
        if (observed.rollout.spec.strategy?.[strategy]) noteUses(observed, stages, uses)
  }, 120_000)

  const giverOf = (part: string): number => stages.findIndex(({ gives }) => gives?.some((one) => one === part))

  test('no stage reads what an earlier one gave and its row does not name', () => {
    const unnamed = [...openingStages, ...stages].flatMap(({ name, needs = [], gives = [] }) =>
      [...uses.read]
        .filter((use) => use.startsWith(`${name} `))
        .map((use) => use.slice(name.length + 1))
        .filter((part) => ![...needs, ...gives].some((one) => one === part))
        .filter((part) => {
          const giver = giverOf(part)
          return giver >= 0 && giver < stages.findIndex((stage) => stage.name === name)
        })
        .map((part) => `${name} ${part}`),
    )
    expect(unnamed).toEqual([])
  })

  test('no stage writes what its row does not give, and each part is given', () => {
    const gives = stages.flatMap(({ name, gives: parts = [] }) => parts.map((part) => `${name} ${part}`))
    expect([...uses.written].sort()).toEqual(gives.sort())
  })

  test('each need is used', () => {
    const needs = stages.flatMap(({ name, needs: parts = [] }) => parts.map((part) => `${name} ${part}`))
    expect(needs.filter((need) => !uses.read.has(need))).toEqual([])
  })
})
