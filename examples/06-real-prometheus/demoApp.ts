import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service that says in `/metrics` how its requests went. */
export interface DemoApp {
  /** `127.0.0.1:port`. */
  readonly target: string
  /** Of the requests from now on: 1 is all, 0 none. */
  readonly setSuccessRate: (share: number) => void
  readonly stop: () => Promise<void>
}

const requestsPerScrape = 1000

/** Listens on this machine only. A thousand requests are made up between one scrape and the next: nobody has to wait for them. */
export async function startDemoApp(successRate: number): Promise<DemoApp> {
  const now = { successRate, good: 0, bad: 0 }
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    const good = Math.round(requestsPerScrape * now.successRate)
    now.good += good
    now.bad += requestsPerScrape - good
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(exposition(now.good, now.bad))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    setSuccessRate: (share) => {
      now.successRate = share
    },
    stop: () => stop(server),
  }
}

const exposition = (good: number, bad: number): string => `# HELP http_requests_total Requests by status code.
# TYPE http_requests_total counter
http_requests_total{code="200"} ${good}
http_requests_total{code="500"} ${bad}
`

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
