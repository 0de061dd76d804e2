import { readdirSync, readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lintManifests } from '../../src/lint/index'

// Manifests as others have them, each with the troubles that were met in public files, finding by finding: what stands here is what
// somebody who knows the controller would say, and nothing else. Those in sound/ behave as they are written.

const folder = fileURLToPath(new URL('others/', import.meta.url))

const filesIn = (path: string): readonly string[] =>
  readdirSync(path)
    .sort()
    .flatMap((name) => (statSync(`${path}/${name}`).isDirectory() ? filesIn(`${path}/${name}`) : [`${path}/${name}`]))

/** All of them at once, as `lint` looks at a folder. */
const texts = Object.fromEntries(filesIn(folder).map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
const findings = lintManifests(texts).map(({ file, line, severity, rule, message }) => ({
  place: `${file}:${line} ${severity} ${rule}`,
  message,
}))

const expected: readonly (readonly [place: string, message: RegExp])[] = [
  // A test tool's assertion has no spec and conditions for keys: nobody could apply it.
  ['assertion.yaml:2 error missing-field', /spec is required/],
  ['assertion.yaml:7 warning unknown-field', /unknown field/],
  ['baseline.yaml:20 warning experiment-never-ends', /nothing ends the experiment/],
  ['chart/templates/rollout.yaml:10 error syntax', /Helm template: render it first/],
  ['chart/templates/service.yaml:4 error wrong-key', /Helm template/],
  ['chart/templates/service.yaml:6 error wrong-key', /Helm template/],
  ['dynamic.yaml:17 warning abort-gets-stuck', /comes back to weight 20 and stays there.*AR#4898/],
  ['ephemeral.yaml:13 error invalid-spec', /ephemeral containers not allowed/],
  ['ephemeral.yaml:16 error invalid-spec', /cannot be set for an Ephemeral Container/],
  ['error-rate.yaml:11 note condition-fails-without-data', /ask for len\(result\) first/],
  ['error-rate.yaml:16 warning metric-always-succeeds', /latency has no condition/],
  ['indentation.yaml:10 error syntax', /must start at the same column/],
  ['marked.yaml:5 error invalid-name', /"probe-@@number@@": a lowercase RFC 1123 subdomain/],
  ['marked.yaml:7 error invalid-spec', /invalid label selector/],
  ['marked.yaml:8 error invalid-spec', /a valid label must/],
  ['marked.yaml:19 error invalid-name', /"2nd-probe": a DNS-1035 label .* start with an alphabetic character/],
  ['never-failing-check.yaml:10 warning limit-never-reached', /2 measurements never exceed 2/],
  ['one-replica.yaml:17 warning weight-not-expressible', /20 % is 1 of 2 pods, 50 %/],
  ['one-replica.yaml:28 note argument-unused', /no metric uses \{\{args\.limit\}\}/],
  ['pilot.yaml:16 note max-surge-ignored', /ignored with trafficRouting/],
  ['pilot.yaml:17 note zero-abort-delay', /0 means never/],
  ['pilot.yaml:26 warning canary-scale-below-weight', /70 of 100 parts of the traffic go to 1 of 8 pods/],
  ['placeholder.yaml:4 error invalid-name', /"NAME_HERE": a lowercase RFC 1123 subdomain/],
  ['placeholder.yaml:13 error invalid-spec', /"NAME_HERE": a lowercase RFC 1123 label/],
  ['said-twice.yaml:16 warning duplicate-key', /the last one counts/],
  ['slow-start.yaml:17 warning ready-after-deadline', /no pod is ready before 20 s, and after 10 s/],
  ['two-load-balancers.yaml:32 error invalid-spec', /ingress `outside` has no rules using service shop-root/],
]

test('each finding is the one that is expected, with its place', () => {
  expect(findings.map(({ place }) => place)).toEqual(expected.map(([place]) => place))
  for (const [index, [, message]] of expected.entries()) expect(findings[index]?.message).toMatch(message)
})

test('what behaves as it is written is passed over in silence, also where folders have objects of the same names', () => {
  const sound = Object.keys(texts).filter((file) => file.startsWith('sound/'))
  expect(sound.length).toBeGreaterThanOrEqual(5)
  expect(findings.filter(({ place }) => place.startsWith('sound/'))).toEqual([])
})

test('what a Rollout names is that of its own file where others have the same name', () => {
  const [production, development] = ['sound/production/rollout.yaml', 'sound/development/rollout.yaml']
  const broken = { ...texts, [production]: (texts[production] ?? '').replace('host: ping', 'host: pang') }
  const found = lintManifests(broken).filter(({ file }) => file.startsWith('sound/'))
  expect(found.map(({ file, rule }) => [file, rule])).toEqual([[production, 'invalid-spec']])
  expect(texts[development]).toContain('host: ping')
})
