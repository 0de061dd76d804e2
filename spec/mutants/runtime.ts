// What the instrumented sources call. One object for a process; nothing of it is in the engine as it is published.

export interface Runtime {
  /** The number of the mutant that is in the place of the code; 0 is none. */
  on: number
  ticks: number
  /** Of loops: throws where one goes on for ever. */
  readonly tick: () => true
  /** Stands for WeakMap, so that what one mutant remembered is not believed by the next. */
  readonly WeakMap: new <K extends WeakKey, V>() => Pick<WeakMap<K, V>, 'get' | 'set' | 'has' | 'delete'>
  readonly forget: () => void
  readonly hit: (first: number, count: number) => void
}

/**
 * `noted` gets the number of each mutant that would have had another value, as often as that is so. A loop that goes round more
 * often than `mostTicks` is ended.
 */
export function newRuntime(noted: (mutant: number) => void, mostTicks = 200_000): Runtime {
  const maps = new Set<{ clear: () => void }>()
  class ForgetfulMap<K extends WeakKey, V> {
    #kept = new WeakMap<K, V>()
    constructor() {
      maps.add({ clear: () => (this.#kept = new WeakMap()) })
    }
    get = (key: K): V | undefined => this.#kept.get(key)
    has = (key: K): boolean => this.#kept.has(key)
    delete = (key: K): boolean => this.#kept.delete(key)
    set = (key: K, value: V): this => {
      this.#kept.set(key, value)
      return this
    }
  }
  const runtime = {
    on: 0,
    ticks: 0,
    tick(): true {
      if (++runtime.ticks > mostTicks) throw new Error('a loop goes on for ever')
      return true
    },
    WeakMap: ForgetfulMap as unknown as Runtime['WeakMap'],
    forget: () => {
      runtime.ticks = 0
      for (const map of maps) map.clear()
    },
    hit: (first: number, count: number): void => {
      for (let number = first; number < first + count; number++) noted(number)
    },
    ...probes(noted),
  }
  return runtime
}

type Operate = (left: never, right: never) => unknown

const operate: Readonly<Record<string, Operate>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '===': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  '+': (left: number, right: number) => left + right,
  '-': (left: number, right: number) => left - right,
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
  '%': (left: number, right: number) => left % right,
}

const same = (left: unknown, right: unknown, isTruth: boolean): boolean =>
  isTruth ? Boolean(left) === Boolean(right) : Object.is(left, right)

/** Evaluates nothing that the code does not: a side that it passes over may do something, so it counts as another value. */
function probes(noted: (mutant: number) => void): Readonly<Record<string, unknown>> {
  return {
    binary(operator: string, left: never, right: never, first: number, others: readonly string[]): unknown {
      const value = operate[operator]?.(left, right)
      for (const [index, other] of others.entries())
        if (!Object.is(operate[other]?.(left, right), value)) noted(first + index)
      return value
    },
    condition(value: unknown, first: number, others: readonly boolean[]): unknown {
      for (const [index, other] of others.entries()) if (Boolean(value) !== other) noted(first + index)
      return value
    },
    and(left: unknown, right: () => unknown, number: number, isTruth: boolean): unknown {
      const value = left ? right() : left
      if (!left || !same(left, value, isTruth)) noted(number)
      return value
    },
    or(left: unknown, right: () => unknown, number: number, isTruth: boolean): unknown {
      const value = left || right()
      if (left || !same(left, value, isTruth)) noted(number)
      return value
    },
    nullish(left: unknown, right: () => unknown, first: number): unknown {
      const isMissing = left === undefined || left === null
      const value = left ?? right()
      if (isMissing && !Object.is(left, value)) noted(first)
      if (!isMissing) noted(first + 1)
      return value
    },
    chain(value: unknown, first: number, count: number): unknown {
      if (value === undefined) for (let number = first; number < first + count; number++) noted(number)
      return value
    },
  }
}
