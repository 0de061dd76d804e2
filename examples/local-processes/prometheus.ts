import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, hasEnded, isInstalled, startChild, stopChild, temporaryFolder, untilTrue } from './children'
import type { Pod } from './pods'

/** Debian: `apt-get install prometheus`. */
export const isPrometheusInstalled = (): boolean => isInstalled('prometheus', '--version')

/** A Prometheus of one's own. */
export interface Prometheus {
  readonly address: string
  /** Scrapes these pods from now on. */
  readonly scrape: (pods: readonly Pod[]) => void
  readonly stop: () => Promise<void>
}

const configFor = (targets: string): string => `global: { scrape_interval: 250ms, scrape_timeout: 250ms }
scrape_configs:
- job_name: shop
  file_sd_configs: [{ files: ['${targets}'], refresh_interval: 1s }]
`

export async function startPrometheus(): Promise<Prometheus> {
  const { folder, remove } = temporaryFolder()
  const [config, targets] = [join(folder, 'prometheus.yml'), join(folder, 'pods.json')]
  const scrape = (pods: readonly Pod[]): void => {
    const groups = pods.map(({ hash, version, port }) => ({
      targets: [`127.0.0.1:${port}`],
      labels: { hash, version },
    }))
    // Prometheus must not read half of a file.
    writeFileSync(`${targets}.new`, JSON.stringify(groups))
    renameSync(`${targets}.new`, targets)
  }
  scrape([])
  writeFileSync(config, configFor(targets))
  const listen = `127.0.0.1:${await freePort()}`
  const words = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`]
  const more = [`--web.listen-address=${listen}`, '--log.level=error']
  const child = startChild('prometheus', [...words, ...more], { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await stopChild(child)
    remove()
  }
  const address = `http://${listen}`
  try {
    await untilTrue('Prometheus is ready', async () => {
      if (hasEnded(child)) throw new Error('Prometheus ended before it was ready')
      return fetch(`${address}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    })
    return { address, scrape, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
