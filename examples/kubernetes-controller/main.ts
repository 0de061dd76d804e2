import { parseArgs } from 'node:util'
import { KubeConfig } from '@kubernetes/client-node'
import { kubernetesController } from './controller'
import { monitoringServer } from './server'

// npx tsx examples/kubernetes-controller/main.ts [--shadow] [--namespace N] [--instance-id ID] [--leader-elect] [--port 8090]
// Against the cluster of KUBECONFIG, or inside a cluster as its service account.

const { values } = parseArgs({
  options: {
    shadow: { type: 'boolean', default: false },
    namespace: { type: 'string' },
    'instance-id': { type: 'string' },
    'leader-elect': { type: 'boolean', default: false },
    'lease-namespace': { type: 'string', default: 'argo-rollouts' },
    port: { type: 'string', default: '8090' },
  },
})

const config = new KubeConfig()
config.loadFromDefault()

const log = (text: string): void => void process.stderr.write(`${new Date().toISOString()} ${text}\n`)
const instanceId = values['instance-id']
const controller = kubernetesController(config, {
  log,
  ...(values.namespace !== undefined && { namespace: values.namespace }),
  ...(instanceId !== undefined && { instanceId }),
  ...(values.shadow && { shadow: (difference) => void process.stdout.write(`${JSON.stringify(difference)}\n`) }),
  ...(values['leader-elect'] && { lease: { namespace: values['lease-namespace'] } }),
})

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
const server = monitoringServer(controller.metrics, controller.isReady).listen(Number(values.port))
log(`deciding${values.shadow ? ', and writing nothing' : ''}; /metrics and /healthz on port ${values.port}`)
try {
  await controller.run(stop.signal)
} finally {
  server.close()
}
