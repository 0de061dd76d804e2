import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { desk } from './captured'

const { put, run } = desk()
const example = (name: string): string =>
  readFileSync(new URL(`../../examples/11-commands/${name}`, import.meta.url), 'utf8')
const files = (change: (told: string) => string = (told) => told): readonly [string, string] => [
  put('notifications.yaml', example('notifications.yaml')),
  put('told.yaml', change(example('told.yaml'))),
]

describe('rollout-engine notify', () => {
  test('prints who is told what, from the oldest event to the youngest', () => {
    const { code, out, err } = run('notify', ...files())
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.match(/^\S.*?:/gm)).toEqual([
      'slack releases:',
      'email oncall@shop.example:',
      'slack releases:',
      'slack web-team:',
    ])
    expect(out).toContain('    subject: web is paused\n    Rollout web waits for somebody to promote it.')
  })

  test('tells nothing that was there before, and templates see the status that was', () => {
    const [config, after] = files((told) => told.replace('currentStepIndex: 0', 'currentStepIndex: 7'))
    const [rollout = '', ...events] = example('told.yaml').split(/(?= {2}- apiVersion: v1\n)/)
    const before = put('before.yaml', rollout + events[0])
    const said = run('notify', config, after, '--before', before, '--output', 'json')
    const { notifications } = JSON.parse(said.out)
    expect(notifications.map(({ trigger }: { trigger: string }) => trigger)).toEqual(
      Array.from({ length: 3 }, () => 'on-rollout-paused'),
    )
    const none = put('before.yaml', rollout)
    expect(run('notify', config, after, '--before', none).out).toContain('Rollout web has done step 1 of 2.')
    expect(run('notify', config, after).out).toContain('Rollout web has done step 8 of 2.')
  })

  test('says which namespace, where it is asked for one', () => {
    expect(run('notify', ...files(), '-n', 'shop').out).toContain('slack web-team')
    expect(run('notify', ...files(), '-n', 'other').out).toBe('there are no messages\n')
  })

  test('says what it cannot: no ConfigMap, a template that fails, a service that nothing sends to', () => {
    const [config, told] = files()
    expect(run('notify', told)).toMatchObject({ code: 1, err: expect.stringContaining('there is no ConfigMap argo-') })
    const broken = put(
      'broken.yaml',
      example('notifications.yaml').replace('{{.rollout.metadata.name}} has', '{{nope}} has'),
    )
    expect(run('notify', broken, told)).toMatchObject({ code: 1, err: expect.stringContaining('nope') })
    const pagers = put('pagers.yaml', example('notifications.yaml').replace('service.email', 'service.opsgenie'))
    const said = run(
      'notify',
      pagers,
      put('told.yaml', example('told.yaml').replace('paused.email', 'paused.opsgenie')),
    )
    expect(said.err).toMatch(/service\.opsgenie: warning: messages for services of type 'opsgenie' are made/)
    expect(said).toMatchObject({
      code: 0,
      out: expect.stringContaining('opsgenie oncall@shop.example: on-rollout-paused'),
    })
    expect(run('notify', config).out).toBe('there are no messages\n')
  })
})
