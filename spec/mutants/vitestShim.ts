import { createRequire } from 'node:module'

// Stands for vitest in the bundle of stories, so that one test can be asked at a time, in this process. Just what the stories use.

type Body = (...values: never[]) => unknown

export interface Story {
  readonly file: string
  readonly name: string
  readonly run: () => Promise<void>
}

export const stories: Story[] = []

let file = ''
let titles: readonly string[] = []
let before: (() => unknown)[] = []

/** Called where a file of stories begins. */
export function beginFile(name: string): void {
  file = name
  titles = []
  before = []
}

function add(name: string, body: Body, values: readonly unknown[]): void {
  const isFirst = { yet: true }
  const first = before
  const run = async (): Promise<void> => {
    if (isFirst.yet) for (const prepare of first) await prepare()
    isFirst.yet = false
    await body(...(values as never[]))
  }
  stories.push({ file, name: [...titles, name].join(' > '), run })
}

/** `test(name, body)`, `test(name, options, body)`. */
const bodyOf = (rest: readonly unknown[]): Body => rest.filter((one) => typeof one === 'function').at(-1) as Body

const titled = (name: string, value: unknown, index: number): string => `${name} [${index}] ${shown(value)}`

const shown = (value: unknown): string => {
  const [first] = Array.isArray(value) ? value : [value]
  return typeof first === 'object' && first !== null
    ? String(Object.values(first).find((one) => typeof one === 'string') ?? '')
    : String(first)
}

const context = { task: { meta: {} }, onTestFinished: () => undefined }

const forEach =
  (one: (name: string, body: Body, values: readonly unknown[]) => void, spreads: boolean) =>
  (list: readonly unknown[]) =>
  (name: string, ...rest: unknown[]): void => {
    for (const [index, value] of list.entries()) {
      const values = spreads && Array.isArray(value) ? value : [value, context]
      one(titled(name, value, index), bodyOf(rest), values)
    }
  }

function group(name: string, body: Body, values: readonly unknown[]): void {
  const outer = titles
  titles = [...titles, name]
  body(...(values as never[]))
  titles = outer
}

export const test = Object.assign((name: string, ...rest: unknown[]) => add(name, bodyOf(rest), [context]), {
  for: forEach(add, false),
  each: forEach(add, true),
})
export const describe = Object.assign((name: string, ...rest: unknown[]) => group(name, bodyOf(rest), []), {
  for: forEach(group, false),
  each: forEach(group, true),
})
export const beforeAll = (prepare: () => unknown): void => {
  before = [...before, prepare]
}
export const afterAll = (): void => undefined

/** The real assertions of vitest, which its own entry does not give outside of its workers. */
export const expect = ((): unknown => {
  const inVitest = createRequire(createRequire(`${process.cwd()}/package.json`).resolve('vitest/package.json'))
  const chai = inVitest('chai') as {
    use: (plugin: unknown) => void
    expect: (value: unknown, text?: string) => unknown
  }
  const plugins = inVitest('@vitest/expect') as Record<string, unknown>
  for (const name of ['JestExtend', 'JestChaiExpect', 'JestAsymmetricMatchers']) chai.use(plugins[name])
  return chai.expect
})()
