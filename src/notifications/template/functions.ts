import { ownValue } from '../../model/json'
import { builtins, type Call } from './builtins'
import { fail } from './failure'
import { sprig } from './sprig'
import { truth, type Value } from './values'

/** Arguments are asked for one by one: `and` and `or` stop at the first that decides. */
export type Argument = () => Value

export interface Functions {
  readonly knows: (name: string) => boolean
  readonly call: (name: string, args: readonly Argument[]) => Value
}

const known: Readonly<Record<string, Call>> = { ...sprig, ...builtins }

/** What a template may call. */
export const functions: Functions = {
  knows: (name) => name === 'and' || name === 'or' || ownValue(known, name) !== undefined,
  call: (name, args) => {
    if (name === 'and' || name === 'or') return firstThat(args, name === 'or')
    const call = ownValue(known, name)
    return call ? call(args.map((argument) => argument())) : fail(`function ${JSON.stringify(name)} not defined`)
  },
}

/** The first argument that is empty (`and`) or not (`or`), else the last one. */
function firstThat(args: readonly Argument[], wanted: boolean): Value {
  let value: Value
  for (const argument of args) {
    value = argument()
    if (truth(value) === wanted) return value
  }
  return value
}
