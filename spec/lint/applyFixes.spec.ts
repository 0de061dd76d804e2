import { describe, expect, test } from 'vitest'
import { editYaml, type TextEdit } from '../../src/input/editYaml'
import { applyFixes } from '../../src/lint/index'

const edit = (text: string, op: TextEdit['op'], path: TextEdit['path'], value?: TextEdit['value']) =>
  editYaml(text, { documentIndex: 0, op, path, value })

describe('a field is changed in the text, and nothing else', () => {
  const text = `# head
spec:   # wide
  a:   1    # one
  # about b
  b: {x: 1, w: "2", z: 3}

  list:
    - name: n   # first
      value: v
    - {name: m, value: w}
  last: |
    block
    text
# tail
`
  test.each<[string, TextEdit['op'], TextEdit['path'], TextEdit['value'], string, string]>([
    ['a number', 'set', ['spec', 'a'], 2, 'a:   1    # one', 'a:   2    # one'],
    ['a text that needs quotes', 'set', ['spec', 'list', 0, 'value'], 'yes', 'value: v\n', 'value: "yes"\n'],
    ['in a flow mapping', 'set', ['spec', 'b', 'w'], 'q', '"2"', 'q'],
    ['a line goes', 'remove', ['spec', 'a'], undefined, '  a:   1    # one\n', ''],
    ['the first of a flow mapping goes', 'remove', ['spec', 'b', 'x'], undefined, '{x: 1, w', '{w'],
    ['the last of a flow mapping goes', 'remove', ['spec', 'b', 'z'], undefined, '"2", z: 3}', '"2"}'],
    ['the second key of an item goes', 'remove', ['spec', 'list', 0, 'value'], undefined, '      value: v\n', ''],
    ['a block goes', 'remove', ['spec', 'last'], undefined, '  last: |\n    block\n    text\n', ''],
    ['a key comes to an item', 'add', ['spec', 'list', 0, 'more'], true, 'value: v\n', 'value: v\n      more: true\n'],
    ['a key comes to a flow mapping', 'add', ['spec', 'list', 1, 'more'], true, 'value: w}', 'value: w, more: true}'],
  ])('%s', (_, op, path, value, before, after) => {
    expect(text).toContain(before)
    expect(edit(text, op, path, value)).toBe(text.replace(before, after))
  })

  test('the first key of an item goes, and its dash stays', () => {
    const items = 'list:\n  - name: n # which\n    value: v\n'
    expect(edit(items, 'remove', ['list', 0, 'name'])).toBe('list:\n  - value: v\n')
  })

  test('JSON stays JSON', () => {
    expect(edit('{"a": {"b": 1}}', 'add', ['a', 'c'], true)).toBe('{"a": {"b": 1, "c": true}}')
    expect(edit('{"a": 1, "b": 2}', 'remove', ['b'])).toBe('{"a": 1}')
  })

  test('only the document that is meant', () => {
    const two = 'a: 1\n---\na: 1 # mine\n'
    expect(editYaml(two, { documentIndex: 1, op: 'set', path: ['a'], value: 2 })).toBe('a: 1\n---\na: 2 # mine\n')
  })

  test.each<[string, string, TextEdit['path']]>([
    ['a field that is not there', 'a: 1\n', ['b']],
    ['the only field of a mapping', 'a:\n  b: 1\n', ['a', 'b']],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', ['a']],
    ['a text that is no YAML', 'a: [', ['a']],
  ])('%s is left alone', (_, given, path) => expect(edit(given, 'remove', path)).toBeUndefined())

  test('a value that an alias repeats is left alone', () => {
    expect(edit('a: &x 1\nb: *x\n', 'set', ['a'], 2)).toBeUndefined()
  })
})

test('all findings with a fix are mended, comments and order stay', () => {
  const service = `# the canary's Service
kind: Service
apiVersion: v1
metadata: {name: web-canary} # short
spec:
  ports: [{port: 80}]
  selector:
    rollouts-pod-template-hash: 5d4f7c9b8 # copied
    app: web
`
  const rollout = `kind: Rollout
apiVersion: argoproj.io/v1alpha1
metadata:
  name: web # ours
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'web:1'}]}
  strategy:
    canary:
      # where the new version is tried
      canaryService: web-canery   # soon
      stableService: web-stable
      abortScaleDownDelaySeconds: 600 # of no use
      steps:
        - setWeight: 20
        - pause: {}
`
  const { files, fixed } = applyFixes({ 's.yaml': service, 'r.yaml': rollout })
  expect(fixed.map(({ rule }) => rule)).toEqual(['hash-in-manifest', 'reference-misspelt', 'abort-delay-ignored'])
  expect(files['s.yaml']).toBe(service.replace('    rollouts-pod-template-hash: 5d4f7c9b8 # copied\n', ''))
  const mended = rollout
    .replace('web-canery', 'web-canary')
    .replace('      abortScaleDownDelaySeconds: 600 # of no use\n', '')
  expect(files['r.yaml']).toBe(mended)
})
