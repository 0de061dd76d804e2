import { describe, expect, it } from 'vitest'
import { objectsOfKind, parseDocuments, parseManifests } from '../../src/input'

const rollout = (canary: string) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: shop
spec:
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
      - name: shop
        image: shop:1
  strategy:
    canary:
${canary}`

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n'
const errorsOf = (text: string) => parseManifests(text).issues.map(({ path, message }) => `${path}: ${message}`)

describe('one wrong manifest', () => {
  const text = rollout(`      maxSurg: 1
      steps:
      - setWeight: 10
      - pause: {duration: 1.5}
      - setWeight: "20"
      - setweight: 30
      - setWeight: 40%
      - setCanaryScale: 3
      trafficRouting:
        alb: {ingress: shop}
        nginx: {stableIngresses: shop}
`)

  it('tells all problems at once, each with its path, its line and what to do', () => {
    const { objects, issues } = parseManifests(text)
    expect(objects).toEqual([])
    expect(issues.map(({ path, line, message }) => `${line} ${path}: ${message}`)).toEqual([
      '17 spec.strategy.canary.maxSurg: unknown field: did you mean maxSurge? As it stands, nothing reads it',
      '20 spec.strategy.canary.steps[1].pause.duration: expected an integer or text, got the number 1.5: no fractions',
      '21 spec.strategy.canary.steps[2].setWeight: expected an integer, got text "20": remove the quotes',
      '22 spec.strategy.canary.steps[3].setweight: unknown field: did you mean setWeight? As it stands, nothing reads it',
      '23 spec.strategy.canary.steps[4].setWeight: expected an integer, got text "40%": write 40',
      '24 spec.strategy.canary.steps[5].setCanaryScale: expected a mapping, got the number 3',
      '26 spec.strategy.canary.trafficRouting.alb.servicePort: servicePort is required: add it',
      '27 spec.strategy.canary.trafficRouting.nginx.stableIngresses: expected a list, got text "shop"',
    ])
    expect(issues.every(({ documentIndex }) => documentIndex === 0)).toBe(true)
    const warned = issues.filter(({ severity }) => severity === 'warning')
    expect(warned.map(({ line }) => line)).toEqual([17, 22])
  })

  it('is as good in JSON', () => {
    const json = `{
  "apiVersion": "v1", "kind": "Service",
  "metadata": {"name": "shop", "labels": {"a/b": 1}},
  "spec": {"ports": [
    {"port": 80},
    {"port": "81"}
  ]}
}`
    expect(parseManifests(json).issues).toEqual([
      {
        code: 'wrong-type',
        path: 'metadata.labels["a/b"]',
        message: 'expected text, got the number 1: put it in quotes',
        documentIndex: 0,
        line: 3,
      },
      {
        code: 'wrong-type',
        path: 'spec.ports[1].port',
        message: 'expected an integer, got text "81": remove the quotes',
        documentIndex: 0,
        line: 6,
      },
    ])
  })

  it('with warnings only is returned, unknown fields and all', () => {
    const { objects, issues } = parseManifests(rollout('      maxSurg: 1\n'))
    expect(issues.map(({ code, severity }) => ({ code, severity }))).toEqual([
      { code: 'unknown-field', severity: 'warning' },
    ])
    expect(objectsOfKind(objects, 'Rollout')[0]?.spec.strategy?.canary).toEqual({ maxSurg: 1 })
  })
})

describe('many documents', () => {
  it('are told apart by number and line; a broken one spoils no other', () => {
    const text = `${service}---\n---\nname: [\n---\n${service}  labels: [a]\n---\n# only a comment\n---\n${service}`
    const { objects, issues } = parseManifests(text)
    expect(objects).toHaveLength(2)
    expect(issues.map(({ code, documentIndex, line }) => ({ code, documentIndex, line }))).toEqual([
      { code: 'syntax', documentIndex: 2, line: 8 },
      { code: 'wrong-type', documentIndex: 3, line: 13 },
    ])
  })

  it('may be none', () => {
    for (const text of ['', '\n\n', '# nothing\n', '---\n---\n', 'null', '~\n', '\ufeff', '   ']) {
      expect(parseManifests(text)).toEqual({ objects: [], issues: [] })
    }
  })

  it('take Windows line ends, a byte order mark and tabs where YAML has them', () => {
    const plain = parseManifests(service).objects
    expect(parseManifests(service.replaceAll('\n', '\r\n')).objects).toEqual(plain)
    expect(parseManifests(`\ufeff${service}`).objects).toEqual(plain)
    expect(parseManifests(`\ufeff${JSON.stringify(plain[0])}`).objects).toEqual(plain)
    expect(parseManifests(service.replace('kind: ', 'kind:\t')).objects).toEqual(plain)
    expect(errorsOf(`${service}\tlabels: {}\n`)).toEqual([': not valid YAML: tabs are not allowed as indentation'])
  })

  it('may be JSON values one after another', () => {
    const one = JSON.stringify(parseManifests(service).objects[0])
    expect(parseManifests(`${one}\n${one} ${one}`).objects).toHaveLength(3)
    expect(parseManifests(`${one}\n---\n${one}`).objects).toHaveLength(2)
    expect(parseManifests(`---\n${one}`).objects).toHaveLength(1)
  })
})

describe('lists', () => {
  const item = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' } }

  it('are taken apart: kind List, JSON arrays, lists in lists', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [item, { kind: 'List', items: [item] }] }
    expect(parseManifests(JSON.stringify(list)).objects).toEqual([item, item])
    expect(parseManifests(JSON.stringify([item, list])).objects).toEqual([item, item, item])
    expect(parseManifests('kind: List\napiVersion: v1\n').objects).toEqual([])
    expect(parseManifests('kind: List\nitems:\n').objects).toEqual([])
  })

  it('of one kind give their items their kind', () => {
    const text = 'apiVersion: v1\nkind: PodList\nmetadata: {resourceVersion: "1"}\nitems:\n- metadata: {name: a}\n'
    expect(parseManifests(text).objects).toEqual([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }])
  })

  it('name the item in the path', () => {
    const text = 'kind: List\nitems:\n- kind: Service\n  apiVersion: v1\n  metadata:\n    name: 3\n- kind: 3\n- x\n'
    expect(parseManifests(text).issues.map(({ path, line }) => ({ path, line }))).toEqual([
      { path: 'items[0].metadata.name', line: 6 },
      { path: 'items[1].apiVersion', line: 7 },
      { path: 'items[1].kind', line: 7 },
      { path: 'items[1].metadata', line: 7 },
      { path: 'items[2]', line: 8 },
    ])
    expect(errorsOf('kind: List\nitems: {a: 1}\n')).toEqual([
      'items: expected a list of objects, got a mapping of a: begin each item with "- "',
    ])
  })
})

describe('YAML', () => {
  it('has anchors and merge keys: what a mapping says itself wins', () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: shop
  labels: &labels {app: shop, tier: web}
  annotations:
    <<: *labels
    tier: back
spec:
  selector: *labels
  ports:
  - &port {name: http, port: 80}
  - <<: [{name: admin}, *port]
    targetPort: 8080
`
    const [read] = objectsOfKind(parseManifests(text).objects, 'Service')
    expect(read?.metadata.annotations).toEqual({ app: 'shop', tier: 'back' })
    expect(read?.spec?.selector).toEqual({ app: 'shop', tier: 'web' })
    expect(read?.spec?.ports?.[1]).toEqual({ name: 'admin', port: 80, targetPort: 8080 })
  })

  it('takes the last one of a key that stands twice, as kubectl does, and says so', () => {
    const text = `${service}spec: {selector: {app: a}}\nspec: {selector: {app: b}}\n`
    const { objects, issues } = parseManifests(text)
    expect(objectsOfKind(objects, 'Service')[0]?.spec?.selector).toEqual({ app: 'b' })
    expect(issues).toEqual([
      expect.objectContaining({ code: 'duplicate-key', path: 'spec', severity: 'warning', line: 6 }),
    ])
    expect(issues[0]?.message).toContain('the last one counts')
    const json = parseManifests('{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","name":"b"}}')
    expect(json.objects[0]?.metadata.name).toBe('b')
  })

  it('still says what is wrong with a key that stands twice', () => {
    expect(errorsOf(`${service}spec: {}\nspec: []\n`)).toContain(
      'spec: expected a mapping, got a list: remove the "- "',
    )
  })

  it('says the first syntax error only, with its column', () => {
    const { issues } = parseManifests(`${service}spec:\n  selector:\n   app: a\n  b: c: d\n   e: f\n`)
    expect(issues).toMatchObject([{ code: 'syntax', line: 8, column: 6 }])
  })

  it('has aliases that lead nowhere and merges of no mapping as errors', () => {
    expect(errorsOf(`${service}spec: *other\n`)).toEqual([
      'spec: the alias *other has no anchor &other before it in its document',
    ])
    expect(errorsOf(`${service}spec:\n  <<: 3\n`)).toEqual([
      'spec["<<"]: expected a mapping or a list of mappings to merge (<<: *name)',
    ])
    expect(errorsOf(`${service}? [a]\n: b\n`)).toEqual([
      ': a key must be text, got a list or mapping: put it in quotes (or render it first, if it is a Helm template)',
    ])
  })

  it('says that a Helm template wants to be rendered first', () => {
    const [issue] = parseManifests('metadata:\n  labels:\n    {{- include "labels" . }}\n').issues
    expect(issue).toMatchObject({ code: 'syntax', line: 3 })
    expect(issue?.message).toContain('this looks like a Helm template')
  })
})

describe('documents without their meaning', () => {
  it('are plain data with their lines', () => {
    expect(parseDocuments('a: 1\n---\nb: [\n---\n- yes\n- 0x1f\n---\n')).toEqual({
      documents: [
        { index: 0, line: 1, value: { a: 1 } },
        { index: 2, line: 5, value: [true, 31] },
        { index: 3, line: 7, value: null },
      ],
      issues: [expect.objectContaining({ code: 'syntax', documentIndex: 1, line: 4 })],
    })
  })
})

describe('namespaces', () => {
  const template = 'apiVersion: argoproj.io/v1alpha1\nkind: ClusterAnalysisTemplate\nmetadata: {name: a}\nspec: {}\n'

  it('stay absent, or are filled in where the kind has one', () => {
    expect(parseManifests(service).objects[0]?.metadata).toEqual({ name: 'shop' })
    const text = `${service}---\n${service}  namespace: mine\n---\n${template}`
    const { objects } = parseManifests(text, { defaultNamespace: 'team' })
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(['team', 'mine', undefined])
  })
})

describe('objects that are probably not what was meant', () => {
  const rollout = (apiVersion: string, image = 'web:1'): string =>
    `apiVersion: ${apiVersion}
kind: Rollout
metadata: {name: web}
spec:
  strategy: {canary: {}}
  template: {spec: {containers: [{name: web, image: "${image}"}]}}
`

  it.each(['apps/v1', 'v1', 'networking.k8s.io/v1', 'argoproj.oi/v1alpha1'])(
    'refuses a Rollout of %s',
    (apiVersion) => {
      const { objects, issues } = parseManifests(rollout(apiVersion))
      expect(objects).toEqual([])
      expect(issues).toMatchObject([{ code: 'wrong-group', path: 'apiVersion', line: 1 }])
      expect(issues[0]?.message).toBe(
        `no matches for kind "Rollout" in version "${apiVersion}": write apiVersion: argoproj.io/v1alpha1`,
      )
    },
  )

  it('keeps a Rollout of somebody else, with a word', () => {
    const { objects, issues } = parseManifests(rollout('rollouts.kruise.io/v1beta1'))
    expect(objects).toHaveLength(1)
    expect(issues).toMatchObject([{ code: 'wrong-group', severity: 'warning' }])
  })

  it('says once that a Helm template is not rendered, although it is valid YAML', () => {
    const text = `${rollout('argoproj.io/v1alpha1', '{{ .Values.image }}')}# {{ .Values.more }} {{ include "web" . }}\n`
    const { objects, issues } = parseManifests(text)
    expect(objects).toHaveLength(1)
    expect(issues).toMatchObject([{ code: 'helm-template', severity: 'warning', line: 6 }])
  })

  it.each(['{{args.image}}', '{{ args.image }}', '{{workflow.name}}', '{{ $labels.pod }}'])(
    'does not take %s for one',
    (image) => {
      expect(parseManifests(rollout('argoproj.io/v1alpha1', image)).issues).toEqual([])
    },
  )
})

it.for([
  ['successCondition: !isNaN(result[0])', 'a text that begins with ! is a tag to YAML: put it in quotes'],
  ['successCondition: !isNaN (result[0])', 'if it belongs to a text, put the text in quotes'],
  ['successCondition: {{args.least}} < result[0]', 'a text with {{args.x}} has to stand in quotes'],
  ['count: {{args.count}}', 'put it in quotes'],
  ['replicas: {{ .Values.replicas }} x', 'this looks like a Helm template'],
])('%s says what to do: %s', ([line, hint]) => {
  const { issues } = parseManifests(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  ${line}\n`)
  expect(issues.map(({ message }) => message).join('\n')).toContain(hint)
})

describe('a stray bracket', () => {
  // `yaml` tells it before the document that has it, and would take it as a mistake of the document before.
  it.each([
    ['}b: 2\n', 7],
    [']\n---\n', 7],
    ['# x\n}\n', 8],
  ])('in %j is a mistake of that document, not of the one before', (second, line) => {
    const { objects, issues } = parseManifests(`${service}---\n${second}`)
    expect(objects.map(({ kind }) => kind)).toEqual(['Service'])
    expect(issues.filter(({ code }) => code === 'syntax').map((issue) => [issue.line, issue.documentIndex])).toEqual([
      [line - 1, 1],
    ])
  })

  it('behind a document is a mistake of that one', () => {
    const { objects, issues } = parseManifests(`${service}}\n---\n${service}`)
    expect(objects).toHaveLength(1)
    expect(issues.map(({ line, documentIndex }) => [line, documentIndex])).toEqual([[5, 0]])
  })
})
