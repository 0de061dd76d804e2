import type { AnalysisRun, Argument, Metric } from '../model/analysis'
import type { Answers, MeasureAnswer, SecretAnswer, SecretAsk } from '../model/ask'
import { ownValue } from '../model/json'
import { plainValues, withPlainArgs } from '../templates/plainArgs'
import { resolveMetricArgs } from '../templates/resolveMetricArgs'

type Outcome<T> = T | { readonly error: string }

type AnyAnswers = Answers<SecretAnswer | MeasureAnswer> | undefined

/** The placeholder for secret values during validation. */
const placeholder = 'temp-for-secret'

export const hasSecrets = (args: readonly Argument[]): boolean => args.some((arg) => secretOf(arg) !== undefined)

const secretOf = (arg: Argument) => arg.valueFrom?.secretKeyRef ?? undefined

/** All metrics, with a placeholder for secret values (behaviour 4.1). */
export function resolveWithoutSecrets(
  metrics: readonly Metric[],
  args: readonly Argument[],
): Outcome<{ readonly metrics: readonly Metric[] }> {
  return resolveMetrics(
    metrics,
    args.map((arg) => (secretOf(arg) ? { name: arg.name, value: placeholder } : arg)),
  )
}

/** Metrics without arguments are not printed, so they keep fields that the types do not have. */
export function resolveMetrics(
  metrics: readonly Metric[],
  args: readonly Argument[],
): Outcome<{ readonly metrics: readonly Metric[] }> {
  const values = plainValues(args)
  const resolved: Metric[] = []
  for (const metric of metrics) {
    const plain = values && withPlainArgs(metric, values)
    const outcome = plain ? { metric: plain } : resolveMetricArgs(metric, args)
    if ('error' in outcome) return outcome
    resolved.push(outcome.metric)
  }
  return { metrics: resolved }
}

const secretKey = (namespace: string, name: string): string => `secret/${namespace}/${name}`

/** The secrets of the run's arguments that are not answered yet; they are read in every decision. */
export function unansweredSecrets(run: AnalysisRun, answers: AnyAnswers): readonly SecretAsk[] {
  const namespace = run.metadata.namespace ?? ''
  const names = new Set((run.spec.args ?? []).flatMap((arg) => secretOf(arg)?.name ?? []))
  return [...names]
    .filter((name) => ownValue(answers?.replies, secretKey(namespace, name)) === undefined)
    .map((name) => ({ kind: 'secret', key: secretKey(namespace, name), namespace, name }))
}

export interface ArgsWithSecrets {
  readonly args: readonly Argument[]
  /** The secret values, to hide them in messages. */
  readonly secrets: readonly string[]
}

/**
 * The arguments with secret values in plain text. A secret wins over a plain value of the same argument (behaviour
 * 4.3).
 */
export function withSecrets(run: AnalysisRun, answers: AnyAnswers): Outcome<ArgsWithSecrets> {
  const namespace = run.metadata.namespace ?? ''
  const args: Argument[] = []
  const secrets = new Set<string>()
  for (const arg of run.spec.args ?? []) {
    const secret = secretOf(arg)
    if (!secret) {
      args.push(arg)
      continue
    }
    const answer = (ownValue(answers?.replies, secretKey(namespace, secret.name)) ?? {}) as SecretAnswer
    if (answer.error !== undefined) return { error: answer.error }
    const value = ownValue(answer.data, secret.key)
    if (typeof value !== 'string') return { error: `key '${secret.key}' does not exist in secret '${secret.name}'` }
    secrets.add(value)
    args.push({ ...arg, value })
  }
  return { args, secrets: [...secrets].filter((secret) => secret !== '') }
}
