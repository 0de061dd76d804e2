import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

// How people keep their manifests: in folders, beside values and Kustomizations, in encodings of their editors, with mistakes.

const rollout = (name: string, canary = '{}'): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: pear}}
  strategy: {canary: ${canary}}
  template:
    metadata: {labels: {app: pear}}
    spec: {containers: [{name: pear, image: 'pear:1'}]}
`
const routed = '{stableService: pear, canaryService: pear-canary, trafficRouting: {nginx: {stableIngress: pear}}}'
const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: pear}}\n`

let folder = ''
let said = { out: '', err: '' }
const keep = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
  said[stream] += text
  return true
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-engine-'))
  said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep('out'))
  vi.spyOn(process.stderr, 'write').mockImplementation(keep('err'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const put = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}
/** Runs with the folder's own name taken out of what is said. */
const simulated = (...words: string[]) => {
  const code = runCommandLine(['simulate', ...words])
  return { code, out: said.out, err: said.err.replaceAll(`${folder}/`, '') }
}

describe('files and folders', () => {
  test('a folder stands for the manifests in it', () => {
    put('a/rollout.yaml', rollout('pear', routed))
    put('a/services.yml', `${service('pear')}---\n${service('pear-canary')}`)
    put(
      'a/ingress.json',
      '{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"pear"},"spec":{"rules":[{"http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"pear","port":{"number":80}}}}]}}]}}',
    )
    put('a/notes.txt', 'not a manifest')
    put('a/below/other.yaml', rollout('other'))
    const { code, out, err } = simulated(join(folder, 'a'))
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Healthy')
    expect(out).not.toContain('assumed')
  })

  test('what is in no file is assumed, with file, line and path of what names it', () => {
    const { code, out, err } = simulated(put('rollout.yaml', rollout('pear', routed)), put('s.yaml', service('pear')))
    expect(code).toBe(0)
    expect(err.split('\n').slice(0, 2)).toEqual([
      "rollout.yaml:7: spec.strategy.canary.canaryService: warning: Service pear-canary is not among the manifests: it is assumed to exist and to select the Rollout's pods",
      "rollout.yaml:7: spec.strategy.canary.trafficRouting.nginx.stableIngress: warning: Ingress pear is not among the manifests: it is assumed to exist and to have a rule for the Rollout's Service",
    ])
    expect(out).toContain('assumed, as they are not among the files: Service pear-canary, Ingress pear')
  })

  test('--strict says what the controller says', () => {
    const { out } = simulated(put('rollout.yaml', rollout('pear', routed)), '--strict')
    expect(out).toContain('service "pear" not found')
    expect(out).not.toContain('assumed')
  })

  test('JSON carries assumptions and placed issues', () => {
    const file = put('rollout.yaml', rollout('pear', routed))
    const { assumed, issues } = JSON.parse(simulated(file, '--output', 'json').out)
    expect(assumed.map(({ name }: { name: string }) => name)).toEqual(['pear', 'pear-canary', 'pear'])
    expect(issues[0]).toMatchObject({ code: 'assumed', severity: 'warning', file, line: 7 })
  })

  test('values, a Kustomization and a Chart.yaml are skipped with a word', () => {
    put(
      'kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [rollout.yaml]\n',
    )
    put('values.yaml', 'image: pear:1\nreplicas: 3\n')
    put('Chart.yaml', 'apiVersion: v2\nname: pear\nversion: 1.0.0\n')
    put('rollout.yaml', rollout('pear'))
    const { code, out, err } = simulated(folder)
    expect(code).toBe(0)
    expect(out).toContain('Healthy')
    expect(err).toMatch(/^Chart\.yaml:1: warning: skipped: a Chart\.yaml of Helm$/m)
    expect(err).toMatch(/^kustomization\.yaml:1: warning: skipped: a Kustomization of Kustomize/m)
    expect(err).toMatch(/^values\.yaml:1: warning: skipped: no Kubernetes object/m)
  })

  test('another version of the same object is named with its file: the last one counts', () => {
    const twice = `${rollout('pear')}---\n${rollout('pear', '{maxSurge: 1}')}`
    const { code, err } = simulated(put('new.yaml', twice))
    expect(code).toBe(0)
    expect(err).toBe(
      'new.yaml: warning: Rollout pear stands twice among the manifests: the last one counts, as kubectl apply takes it\n',
    )
  })

  test('an empty folder, a missing file and a web address say what they are', () => {
    mkdirSync(join(folder, 'empty'))
    expect(simulated(join(folder, 'empty'))).toMatchObject({ code: 1 })
    expect(simulated(join(folder, 'gone.yaml')).err).toContain('cannot read gone.yaml: there is no such file')
    expect(simulated('https://example.com/r.yaml').err).toContain(
      'curl -sL https://example.com/r.yaml | rollout-engine',
    )
  })

  test('analyze takes folders as well', () => {
    put(
      't/rate.yaml',
      `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: rate}
spec:
  metrics:
  - {name: rate, count: 1, successCondition: 'result[0] > 0.5', provider: {prometheus: {address: 'http://p', query: q}}}
`,
    )
    put('t/values.yaml', 'a: 1\n')
    expect(runCommandLine(['analyze', join(folder, 't'), '--measure', 'rate=[0.9]'])).toBe(0)
    expect(said.err).toContain('skipped')
  })
})

describe('a template that another names and that is in no file', () => {
  const all = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: all}
spec:
  templates: [{templateName: gone}]
  metrics:
  - {name: rate, count: 1, successCondition: 'result[0] > 0.5', provider: {prometheus: {address: 'http://p', query: q}}}
`
  test('is assumed to succeed, with a warning', () => {
    expect(runCommandLine(['analyze', put('all.yaml', all), '--measure', 'rate=[0.9]'])).toBe(0)
    expect(said.err.replace(`${folder}/`, '')).toMatch(
      /^all\.yaml:5: spec\.templates\[0\]: warning: AnalysisTemplate gone is not among the files/,
    )
  })

  test('is an error under --strict', () => {
    expect(runCommandLine(['analyze', put('all.yaml', all), '--measure', 'rate=[0.9]', '--strict'])).toBe(1)
    expect(said.err).toContain('"gone" not found')
  })
})

test('a first install says that it skips steps', () => {
  const file = put('r.yaml', rollout('pear', '{steps: [{setWeight: 50}, {pause: {}}]}'))
  expect(simulated(file).out).toContain('a first install: steps and promotions are skipped; --update IMAGE@TIME')
  said = { out: '', err: '' }
  expect(simulated(file, '--update', 'pear:2@10s').out).not.toContain('a first install')
})

describe('texts that are none', () => {
  const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  test.each<[string, Uint8Array, string]>([
    ['UTF-16 with a mark', utf16(rollout('pear'), true), 'not text, looks like UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark', utf16(rollout('pear'), false), 'not text, looks like UTF-16: save it as UTF-8'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 3, 0]), 'not text, looks like binary data'],
  ])('%s', (_, bytes, message) => {
    expect(simulated(put('r.yaml', bytes))).toEqual({
      code: 1,
      out: '',
      err: `rollout-engine: cannot read r.yaml: ${message}\n`,
    })
  })

  test('bytes that are not UTF-8 are named with their line', () => {
    const { code, err } = simulated(put('r.yaml', Buffer.from(`# one\n# caf\xe9\n${rollout('pear')}`, 'latin1')))
    expect(code).toBe(0)
    expect(err).toMatch(/^r\.yaml:2: warning: bytes that are not UTF-8/)
  })

  test('a wrong indentation is one mistake with a frame', () => {
    const { code, err } = simulated(put('r.yaml', rollout('pear').replace('  replicas: 2', '   replicas: 2')))
    expect(code).toBe(1)
    const [first, ...frame] = err.trimEnd().split('\n')
    expect(first).toMatch(/^r\.yaml:6:3: not valid YAML: /)
    expect(frame).toEqual([
      '  5 |    replicas: 2',
      '> 6 |   selector: {matchLabels: {app: pear}}',
      '    |   ^',
      '  7 |   strategy: {canary: {}}',
    ])
  })
})

describe('which Rollout', () => {
  test('several: name one with --rollout', () => {
    const file = put('r.yaml', `${rollout('pear')}---\n${rollout('plum')}`)
    expect(simulated(file)).toMatchObject({
      code: 1,
      err: 'there are several Rollouts in r.yaml: say which one with --rollout NAME (pear, plum)\n',
    })
    expect(simulated(file, '--rollout', 'plum').code).toBe(0)
  })

  test('a name with a slip', () => {
    const { err } = simulated(put('r.yaml', rollout('pear')), '--rollout', 'paer')
    expect(err).toBe('no Rollout in r.yaml is called paer: did you mean pear?\n')
  })

  test('none: what there is instead', () => {
    expect(simulated(put('s.yaml', service('pear'))).err).toBe('there is no Rollout in s.yaml: only Service\n')
  })

  test('a Rollout of apps/v1 is none', () => {
    const file = put('r.yaml', rollout('pear').replace('argoproj.io/v1alpha1', 'apps/v1'))
    expect(simulated(file).err).toBe(
      'r.yaml:1: apiVersion: no matches for kind "Rollout" in version "apps/v1": write apiVersion: argoproj.io/v1alpha1\n',
    )
  })
})

test('what a cluster has installed is no first install, though its ReplicaSets are not given', () => {
  const status = '\nstatus: {currentPodHash: 5d4f7c9b8, stableRS: 5d4f7c9b8, currentStepIndex: 2}\n'
  const file = put('dump.yaml', `${rollout('pear', '{steps: [{setWeight: 50}, {pause: {}}]}').trimEnd()}${status}`)
  const { out, err } = simulated(file)
  expect(err).toContain('the status names ReplicaSet pear-5d4f7c9b8, not among the manifests')
  expect(out).not.toContain('a first install')
})

// The controller lists ReplicaSets before it validates anything, and gives up there (newRolloutContext).
test('a selector that Kubernetes cannot use refuses the Rollout, in the log only', () => {
  const file = put(
    'near.yaml',
    rollout('pear').replace('{matchLabels: {app: pear}}', '{matchExpressions: [{key: app, operator: Near}]}'),
  )
  const { code, out, err } = simulated(file)
  expect(code).toBe(8)
  expect(out).toMatch(
    /^0s .* - +rollout default\/pear has invalid label selector: "Near" is not a valid label selector/m,
  )
  expect(err).toMatch(/^near\.yaml:6: spec\.selector: .*the controller says so in its log only/)
})

test('a version that Argo Rollouts never had is read with a word, as upstream lint reads it', () => {
  const { code, err } = simulated(put('v1.yaml', rollout('pear').replace('argoproj.io/v1alpha1', 'argoproj.io/v1')))
  expect(code).toBe(0)
  expect(err).toMatch(/^v1\.yaml:1: apiVersion: warning: argoproj\.io\/v1 is no version .* kubectl apply refuses it/)
})

test('series of simulate are read with the window of their metric', () => {
  const template = `---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: rate}
spec:
  metrics:
  - {name: rate, interval: 60s, count: 3, successCondition: 'default(result, 0) > 0.5', provider: {datadog: {interval: WINDOW, query: q}}}
`
  const answer = {
    status: 'ok',
    series: [
      {
        pointlist: [
          [1893456000000, 0.9],
          [1893456300000, 0.9],
        ],
      },
    ],
  }
  const series = put('rate.json', JSON.stringify(answer))
  const canary = '{analysis: {templates: [{templateName: rate}]}, steps: [{setWeight: 50}, {pause: {duration: 10m}}]}'
  const verdict = (window: string): string => {
    said = { out: '', err: '' }
    const file = put('r.yaml', rollout('pear', canary) + template.replace('WINDOW', window))
    return simulated(file, '--update', 'pear:2@10s', '--until', '5m', '--series', `rate=${series}`).out
  }
  // Measured 0, 60 and 120 s after the first value, which is in a window of 5 minutes then, but not in one of 30 s.
  expect(verdict('5m')).toContain('Successful')
  expect(verdict('30s')).toContain('Failed')
})

describe('a changed manifest', () => {
  const old = rollout('pear', '{steps: [{setWeight: 50}, {pause: {}}]}')
  const changed = old.replace(/image: ['"]?[\w:]+['"]?/, "image: 'pear:9'").replace('setWeight: 50', 'setWeight: 25')

  test('is applied at its time', () => {
    const { out } = simulated(put('old.yaml', old), '--apply', `${put('new.yaml', changed)}@30s`)
    expect(out).toMatch(/^30s +\S+ +25%/m)
    expect(said.err).toBe('')
  })

  test('may be a folder', () => {
    put('new/rollout.yaml', changed)
    expect(simulated(put('old.yaml', old), '--apply', `${folder}/new@30s`).out).toMatch(/^30s +\S+ +25%/m)
  })

  test('in a second file is applied once the first is Healthy, and that is said', () => {
    const { out } = simulated(put('old.yaml', old), put('new.yaml', changed))
    expect(out).toMatch(/^1s +\S+ +25%/m)
    expect(said.err).toContain('has the Rollout pear again: it is applied once the first one is Healthy')
  })

  test('that the controller refuses is placed in its own file', () => {
    const bad = put('new.yaml', changed.replace('setWeight: 25', 'setWeight: 250'))
    expect(runCommandLine(['simulate', put('old.yaml', old), '--apply', `${bad}@30s`])).toBe(8)
    expect(said.err).toMatch(/new\.yaml:\d+: spec\.strategy\.canary\.steps\[0\]\.setWeight/)
  })
})
