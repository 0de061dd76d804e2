import { describe, expect, test } from 'vitest'
import { fastRun, sampleEvery } from '../fast'
import { isBuilt } from './judge'
import { judgeFamily } from './judgeFamily'
import { familiesIn, vectorsFolder } from './vectors'

const families = familiesIn(vectorsFolder)

/** A judge that goes missing must not turn a family silently into one that is not built. */
const claimed = [
  'analysis-run',
  'blue-green',
  'blue-green-analysis',
  'canary-analysis',
  'canary-basic',
  'canary-routed',
  'commands',
  'conditions',
  'experiment',
  'pod-template-hash',
  'pod-template-validation',
  'invalid',
  'metrics',
  'providers',
  'router-gateway-api',
  'routers',
  'service-cleanup',
  'simulation',
  'simulation-restarts',
  'simulation-timers',
  'simulation-workloads',
  'step-hash',
  'target-groups',
  'templates',
  'validation',
  'view',
]

describe('the engine decides what the recorded controller decided', () => {
  test('the vectors are there, and a judge of every family that the engine claims', () => {
    expect(families.length).toBeGreaterThan(20)
    expect(claimed.filter((family) => !families.includes(family) || !isBuilt(family))).toEqual([])
  })

  test.for(families.filter(isBuilt))('%s', { timeout: 600_000 }, (family, context) =>
    judgeFamily(vectorsFolder, family, context, fastRun() ? sampleEvery : 1),
  )
})
