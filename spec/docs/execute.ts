import { readFileSync, writeFileSync } from 'node:fs'
import type { Executions } from './snippets'

// Runs the modules that stdin names, one after the other, and reports after each what it printed.

const { urls, report } = JSON.parse(readFileSync(0, 'utf8')) as { urls: readonly string[]; report: string }
const executions: Record<string, Executions[string]> = {}
const write = process.stdout.write.bind(process.stdout)

for (const url of urls) {
  let output = ''
  process.stdout.write = ((chunk: string | Uint8Array): boolean => {
    output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    return true
  }) as typeof process.stdout.write
  try {
    await import(url)
    executions[url] = { output }
  } catch (error) {
    executions[url] = { output, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    process.stdout.write = write
  }
  writeFileSync(report, JSON.stringify(executions))
}
