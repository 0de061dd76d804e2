import { describe, expect, test } from 'vitest'
import { type FetchOptions, notifyWithFetch } from '../../src/adapters/index'

const config = {
  triggers: {},
  templates: {},
  subscriptions: [],
  defaultTriggers: [],
  serviceDefaultTriggers: {},
  services: {
    slack: { type: 'slack', settings: { token: '$slack-token' } },
    hook: { type: 'webhook', settings: { url: 'https://hooks.example' } },
  },
}

const notification = (service: string, serviceType: string, content = {}) => ({
  service,
  serviceType,
  recipient: 'releases',
  trigger: 'on-rollout-paused',
  templates: ['paused'],
  event: { type: 'Normal', reason: 'RolloutPaused', message: '' },
  subject: '',
  body: 'web waits',
  attachments: [],
  content,
})

/** A service that answers, and what it was asked. */
function service(status: number, body: string) {
  const asked: { url: string; options?: FetchOptions }[] = []
  const fetch = async (url: string, options?: FetchOptions) => {
    asked.push({ url, options })
    return new Response(body, { status })
  }
  return { asked, fetch: fetch as never }
}

describe('notifyWithFetch', () => {
  test('posts to Slack with the token, and believes what Slack says', async () => {
    const good = service(200, '{"ok":true}')
    const secrets = { 'slack-token': 'xoxb-1' }
    expect(await notifyWithFetch(notification('slack', 'slack'), { config, secrets, fetch: good.fetch })).toEqual({
      sent: true,
    })
    expect(good.asked[0]?.url).toBe('https://slack.com/api/chat.postMessage')
    expect(JSON.parse(String(good.asked[0]?.options?.body))).toEqual({ channel: 'releases', text: 'web waits' })
    const bad = service(200, '{"ok":false,"error":"channel_not_found"}')
    expect(await notifyWithFetch(notification('slack', 'slack'), { config, secrets, fetch: bad.fetch })).toEqual({
      sent: false,
      problem: 'channel_not_found',
    })
  })

  test('sends a GET without a body, and any other method with it', async () => {
    const hook = service(204, '')
    await notifyWithFetch(notification('hook', 'webhook'), { config, fetch: hook.fetch })
    await notifyWithFetch(notification('hook', 'webhook', { method: 'PUT', path: '/x' }), { config, fetch: hook.fetch })
    expect(hook.asked.map(({ url, options }) => [options?.method, url, options?.body])).toEqual([
      ['GET', 'https://hooks.example', undefined],
      ['PUT', 'https://hooks.example/x', 'web waits'],
    ])
  })

  test('never rejects: a connection that fails and a service without a request are answers', async () => {
    const fetch = (async () => {
      throw new TypeError('fetch failed')
    }) as never
    expect(await notifyWithFetch(notification('hook', 'webhook'), { config, fetch })).toMatchObject({ sent: false })
    expect(await notifyWithFetch(notification('mail', 'email'), { config })).toMatchObject({ sent: false })
  })
})
