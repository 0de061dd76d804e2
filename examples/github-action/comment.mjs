// Lints, simulates and checks the Rollouts that a pull request changes, and comments what will happen. It needs Node, git and
// rollout-engine. A second run changes the comment of the first. Exit code 1: lint or check found something.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const marker = '<!-- rollout-engine -->'
const mostFiles = 10
/** A comment may have 65,536 characters. */
const mostCharacters = 60_000

const { env } = process
const wordsOf = (text = '') => text.split(/\s+/).filter((word) => word !== '')
const [program = 'npx', ...programWords] = wordsOf(env.ROLLOUT_ENGINE ?? 'npx --yes rollout-engine')
const runs = env.CHECK_RUNS ?? '50'
const simulateOptions = wordsOf(env.SIMULATE_OPTIONS ?? '--ready-after 10s --until 2h')

const git = (...words) => execFileSync('git', words, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
const run = (...words) => {
  const { status, stdout, stderr, error } = spawnSync(program, [...programWords, ...words], { encoding: 'utf8' })
  if (error) throw error
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

const isRollout = (file) => /^kind:\s*["']?Rollout\b/m.test(readFileSync(file, 'utf8'))

/** Manifests of Rollouts that the pull request adds or changes. */
const changedFiles = (base) =>
  git('diff', '--name-only', '--diff-filter=AMR', '-z', `${base}...HEAD`, '--', '*.yaml', '*.yml')
    .split('\0')
    .filter((file) => file !== '' && isRollout(file))

/** The file before the pull request; undefined if it is new. */
function before(base, file) {
  const { status, stdout } = spawnSync('git', ['show', `${base}:${file}`], { encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}

/** Output of a program as code: a fence that is longer than any in it. */
function fenced(text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text === '' ? 'nothing' : text}\n${fence}`
}

const folded = (summary, text) => `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`

/** An update is simulated from the old manifest to the new one; people promote its pauses. */
function simulated(base, file, folder) {
  const old = before(base, file)
  const promote = Array.from({ length: 10 }, () => ['--when-paused', 'promote']).flat()
  const words = [...simulateOptions, ...promote, '--format', 'markdown']
  if (old === undefined) return run('simulate', file, ...words)
  const oldFile = join(folder, 'before.yaml')
  writeFileSync(oldFile, old)
  return run('simulate', oldFile, '--apply', `${file}@1m`, ...words)
}

function sectionOf(base, file, folder) {
  const lint = run('lint', file)
  const simulation = simulated(base, file, folder)
  const check = run('check', file, '--runs', runs)
  const isBad = lint.status !== 0 || check.status !== 0
  const said = simulation.stderr.replaceAll(`${folder}/`, '')
  const text = [
    `## \`${file.replaceAll('`', '')}\``,
    simulation.stdout === '' ? fenced(said) : simulation.stdout,
    ...(simulation.stdout !== '' && said !== '' ? [folded('What the simulation assumes', fenced(said))] : []),
    lint.status === 0 && /^nothing found/.test(lint.stdout)
      ? '✔ Lint finds nothing.'
      : folded(`${lint.status === 0 ? '✔' : '✖'} Lint`, fenced([lint.stdout, lint.stderr].filter((part) => part !== '').join('\n'))),
    check.status === 0
      ? `✔ ${runs} random runs with updates, commands and faults broke nothing.`
      : folded('✖ Check: random updates, commands and faults', fenced(check.stdout || check.stderr)),
  ].join('\n\n')
  return { text, isBad }
}

async function post(number, body) {
  const api = `${env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}/issues`
  const headers = { authorization: `Bearer ${env.GITHUB_TOKEN}`, accept: 'application/vnd.github+json', 'content-type': 'application/json' }
  const ask = async (method, url, data) => {
    const answer = await fetch(url, { method, headers, ...(data && { body: JSON.stringify(data) }) })
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`)
    return answer.json()
  }
  const comments = await ask('GET', `${api}/${number}/comments?per_page=100`)
  const mine = comments.find((comment) => comment.body?.startsWith(marker))
  if (mine) await ask('PATCH', `${api}/comments/${mine.id}`, { body })
  else await ask('POST', `${api}/${number}/comments`, { body })
}

const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'))
const { number, base } = event.pull_request
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-action-'))
try {
  const files = changedFiles(base.sha)
  const sections = files.slice(0, mostFiles).map((file) => sectionOf(base.sha, file, folder))
  if (sections.length === 0) console.log('no Rollout is changed')
  else {
    const more = files.length > mostFiles ? [`${files.length - mostFiles} more files are left out.`] : []
    const body = [marker, '# What will happen to the Rollouts', ...sections.map(({ text }) => text), ...more].join('\n\n')
    await post(number, body.length <= mostCharacters ? body : `${body.slice(0, mostCharacters)}\n\n… the rest is left out`)
  }
  process.exitCode = sections.some(({ isBad }) => isBad) ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
