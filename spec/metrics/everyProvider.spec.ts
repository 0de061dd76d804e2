import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../src/input/parseManifests'
import { providerFields } from '../../src/metrics/providers/providers'
import { metricsProblem } from '../../src/templates/metricsProblem'

// A provider stands in several places; this names those that a new one lacks. `plugin` holds names of its own.

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const fields = providerFields.filter((field) => field !== 'plugin')

/** They send no request whose address, headers or body an argument could get into. */
const withoutRequests = ['job', 'cloudWatch']

describe.each(fields)('%s', (field) => {
  test('is a provider of a valid metric (src/templates/metricsProblem.ts)', () => {
    expect(metricsProblem([{ name: 'm', provider: { [field]: {} } }])).toBeUndefined()
  })

  test('can be read from a manifest (src/input/schemas/providers.ts)', () => {
    const text = `
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: a}
spec: {metrics: [{name: m, provider: {${field}: {}}}]}
`
    const unknown = parseManifests(text).issues.filter(({ path }) => path.endsWith(`provider.${field}`))
    expect(unknown).toEqual([])
  })

  test("has its type in the controller's metrics (src/monitoring/analyses.ts)", () => {
    expect(textOf('src/monitoring/analyses.ts')).toContain(`['${field}', `)
  })

  test.skipIf(withoutRequests.includes(field))(
    'keeps secrets out of what people read (a place in spec/adapters/secrets.spec.ts)',
    () => {
      expect(textOf('spec/adapters/secrets.spec.ts')).toMatch(new RegExp(`^ {2}.*: \\{\\s*${field}: \\{`, 'm'))
    },
  )

  test('stands in docs/guides/metrics.md', () => {
    expect(textOf('docs/guides/metrics.md').toLowerCase().replaceAll(' ', '')).toContain(field.toLowerCase())
  })
})
