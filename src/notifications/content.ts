import { isJsonObject, type JsonObject, ownValue } from '../model/json'
import type { NotificationTemplate } from './config'
import { readTemplate, runTemplate } from './template/renderTemplate'

/** What a service's part of a template is made of. */
interface Part {
  /** Fields that are templates themselves; all others are passed on as they are. */
  readonly templated: readonly string[]
  /** A later template wins even with an empty text; else only with one that is not. */
  readonly overwrites?: boolean
}

const card = ['template', 'title', 'summary', 'text', 'themeColor', 'facts', 'sections', 'potentialAction']

/** The services whose parts are known. Others get the message alone. */
export const parts: Readonly<Record<string, Part>> = {
  slack: { templated: ['username', 'icon', 'attachments', 'blocks', 'groupingKey'], overwrites: true },
  email: { templated: ['subject', 'body'] },
  teams: { templated: card },
  'teams-workflows': { templated: [...card, 'adaptiveCard'] },
}

/** A notification as its templates print it: the message, and what single services have beside it. */
export interface Content {
  readonly message: string
  readonly parts: Readonly<Record<string, JsonObject>>
  /** By name of the service. */
  readonly webhook: Readonly<Record<string, WebhookPart>>
}

export interface WebhookPart {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface Problem {
  readonly message: string
  readonly code: 'template' | 'unsupported'
}

/** Prints templates one after the other into one notification; the first that fails ends it. */
export function contentOf(
  templates: readonly (readonly [name: string, template: NotificationTemplate])[],
  data: JsonObject,
): { readonly content: Content } | { readonly problem: Problem } {
  let content: Content = { message: '', parts: {}, webhook: {} }
  for (const [name, template] of templates) {
    const printer = printerOf(name, data)
    content = added(content, template, printer)
    if (printer.problems[0]) return { problem: printer.problems[0] }
  }
  return { content }
}

interface Printer {
  readonly print: (text: unknown, where: string) => string
  readonly problems: Problem[]
}

function printerOf(name: string, data: JsonObject): Printer {
  const problems: Problem[] = []
  const failed = (where: string, { problem, code }: { problem: string; code: Problem['code'] }): string => {
    problems.push({ code, message: `template ${name}, ${where}: ${problem}` })
    return ''
  }
  return {
    problems,
    print: (text, where) => {
      if (typeof text !== 'string' || problems.length > 0) return ''
      const read = readTemplate(text)
      if ('problem' in read) return failed(where, read)
      const run = runTemplate(read.template, data)
      return 'problem' in run ? failed(where, run) : run.text
    },
  }
}

function added(content: Content, template: NotificationTemplate, { print }: Printer): Content {
  const message = print(template.message, 'message')
  const shown = Object.entries(parts).flatMap(([service, { templated, overwrites }]) => {
    const own = ownValue(template, service)
    if (!isJsonObject(own)) return []
    const before: JsonObject = content.parts[service] ?? {}
    const fresh = templated
      .map((field) => [field, print(own[field], `${service}.${field}`)] as const)
      .filter(([, text]) => overwrites || text !== '')
    const plain = Object.entries(own).filter(([field]) => !templated.includes(field))
    return [[service, { ...before, ...Object.fromEntries([...plain, ...fresh]) }] as const]
  })
  const hooks = isJsonObject(template.webhook) ? Object.entries(template.webhook) : []
  const webhook = hooks.flatMap(([service, own]) => {
    if (!isJsonObject(own)) return []
    const { method } = own
    const [path, body] = [print(own.path, `webhook.${service}.path`), print(own.body, `webhook.${service}.body`)]
    return [[service, { method: typeof method === 'string' ? method : '', path, body }] as const]
  })
  return {
    message: message === '' ? content.message : message,
    parts: { ...content.parts, ...Object.fromEntries(shown) },
    webhook: { ...content.webhook, ...Object.fromEntries(webhook) },
  }
}
