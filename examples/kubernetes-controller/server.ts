import { createServer, type Server } from 'node:http'

/** `/metrics` for Prometheus, `/healthz` for the kubelet. */
export function monitoringServer(metrics: () => string, isHealthy: () => boolean): Server {
  return createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').split('?')[0]
    const [code, type, text] =
      path === '/metrics'
        ? [200, 'text/plain; version=0.0.4', metrics()]
        : path === '/healthz'
          ? [isHealthy() ? 200 : 503, 'text/plain', isHealthy() ? 'ok' : 'not ready']
          : [404, 'text/plain', 'there is /metrics and /healthz']
    outgoing.writeHead(code as number, { 'content-type': type as string }).end(text)
  })
}
