import { createServer } from 'node:http'

// node pod.mjs: one copy of the shop. Its first line says its port. It goes when it is told to, and when whoever started it is gone.

const { VERSION = '', FAILING_SHARE = '0' } = process.env
const answered = { good: 0, bad: 0 }

const server = createServer((request, response) => {
  if (request.url === '/metrics') {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(`# TYPE http_requests_total counter
http_requests_total{code="200"} ${answered.good}
http_requests_total{code="500"} ${answered.bad}
`)
    return
  }
  const count = answered.good + answered.bad + 1
  const isBad = Math.floor(count * Number(FAILING_SHARE)) > answered.bad
  answered[isBad ? 'bad' : 'good']++
  response.writeHead(isBad ? 500 : 200, { 'content-type': 'text/plain' }).end(VERSION)
})

/** What was begun is answered. */
const leave = () => {
  server.close(() => process.exit())
  server.closeIdleConnections()
}
process.on('SIGTERM', leave)
// Ctrl-C in a terminal reaches every process: the demo stops its pods in its own order.
process.on('SIGINT', () => {})
process.stdin.on('end', () => process.exit()).resume()
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
