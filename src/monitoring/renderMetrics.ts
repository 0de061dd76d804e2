import { mender } from '../kube/types/mend'
import { sortedLabels } from './describeMetrics'
import type { MetricFamily, Sample } from './series'

/**
 * Prints metrics in Prometheus' text format (0.0.4): what a scrape of the controller's `/metrics` finds.
 *
 * Source: behaviour 9.4.
 *
 * @example
 * ```ts
 * import { describeMetrics, renderMetrics } from 'rollout-engine/monitoring'
 *
 * const trial = { kind: 'Experiment', metadata: { name: 'trial', namespace: 'shop' }, status: { phase: 'Running' } }
 * renderMetrics(describeMetrics([trial])).split('\n')[2] // 'experiment_info{name="trial",namespace="shop",phase="Running"} 1'
 * ```
 */
export const renderMetrics = (families: readonly MetricFamily[]): string =>
  wellFormed({ families })
    .families.flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map((sample) => sampleLine(name, sample)),
    ])
    .map((line) => `${line}\n`)
    .join('')

function sampleLine(name: string, { labels, value, suffix = '' }: Sample): string {
  const pairs = sortedLabels(labels).map(([label, text]) => `${label}="${text.replace(/[\\\n"]/g, escaped)}"`)
  return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}

const escaped = (character: string): string => (character === '\n' ? '\\n' : `\\${character}`)

const wellFormed = mender<{ readonly families: readonly MetricFamily[] }>({
  root: 'Families',
  types: {
    Families: 'families:[]Family',
    Family: 'name:string help:string type:string samples:[]Sample',
    Sample: 'labels:map[]string value:number suffix?:string',
  },
})
