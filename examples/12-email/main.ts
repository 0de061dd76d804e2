import { fileURLToPath } from 'node:url'
import nodemailer from 'nodemailer'
import { type Notification, notificationsOf, readNotificationConfig } from 'rollout-engine/notifications'

// npx tsx examples/12-email/main.ts SMTP-HOST PORT: a Rollout pauses, and those who are subscribed get an e-mail. The engine says who is
// told what; a library sends it.

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'argo-rollouts-notification-configmap' },
  data: {
    'service.email': 'from: rollouts@shop.example',
    'trigger.on-rollout-paused': '- send: [paused]',
    'template.paused': `
message: Rollout {{.rollout.metadata.name}} waits for somebody to promote it.
email:
  subject: '{{.rollout.metadata.name}} is paused'`,
  },
}

const rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: {
    name: 'web',
    namespace: 'shop',
    annotations: {
      'notifications.argoproj.io/subscribe.on-rollout-paused.email': 'oncall@shop.example;web@shop.example',
    },
  },
}

/** Where mails are handed in. */
export interface MailServer {
  readonly host: string
  readonly port: number
}

/** Sends what goes by e-mail; each mail that was taken, or why it was not. */
export async function sendMails(
  notifications: readonly Notification[],
  from: string,
  server: MailServer,
): Promise<readonly string[]> {
  // A server without TLS on the same machine; a real one takes `secure` and `auth` from the host's secrets.
  const transport = nodemailer.createTransport({ ...server, secure: false, ignoreTLS: true })
  const said: string[] = []
  for (const { serviceType, recipient, subject, body } of notifications) {
    if (serviceType !== 'email') continue
    try {
      await transport.sendMail({ from, to: recipient, subject, text: body })
      said.push(`sent to ${recipient}: ${subject}`)
    } catch (error) {
      said.push(`not sent to ${recipient}: ${error instanceof Error ? error.message : error}`)
    }
  }
  transport.close()
  return said
}

/** The Rollout pauses, and people are told. */
export async function tellByMail(server: MailServer): Promise<readonly string[]> {
  const { config } = readNotificationConfig(configMap)
  const events = [
    {
      object: { kind: 'Rollout', namespace: 'shop', name: 'web' },
      type: 'Normal',
      reason: 'RolloutPaused',
      message: 'Rollout is paused (CanaryPauseStep)',
    },
  ] as const
  const { notifications } = notificationsOf({ before: rollout, after: rollout, events }, config)
  return sendMails(notifications, String(config.services.email?.settings.from), server)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , host = 'localhost', port = '25'] = process.argv
  for (const line of await tellByMail({ host, port: Number(port) })) console.log(line)
}
