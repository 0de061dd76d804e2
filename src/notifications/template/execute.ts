import type { Branch, Command, Node, Nodes, Operand, Pipeline, Template } from './ast'
import { fail } from './failure'
import type { Functions } from './functions'
import { printed } from './print'
import { fieldOf, isList, isMap, isNil, keysOf, truth, type Value } from './values'

/** Runs a template; fails with the reason. */
export function execute(template: Template, data: Value, functions: Functions): string {
  const run: Run = {
    template,
    functions,
    variables: [{ name: '$', value: data }],
    output: [],
    characters: 0,
    steps: 0,
    depth: 0,
  }
  walkAll(run, template.nodes, data)
  return run.output.join('')
}

interface Variable {
  readonly name: string
  value: Value
}

interface Run {
  readonly template: Template
  readonly functions: Functions
  readonly variables: Variable[]
  readonly output: string[]
  characters: number
  steps: number
  depth: number
}

const mostSteps = 200_000
const mostCharacters = 1_000_000
const deepest = 100

/** `break` and `continue` are passed up to the loop that they mean. */
type Left = 'break' | 'continue' | undefined

function walkAll(run: Run, nodes: Nodes, dot: Value): Left {
  for (const node of nodes) {
    const left = walk(run, node, dot)
    if (left) return left
  }
  return undefined
}

/** Variables end with the action that made them. */
function scoped(run: Run, action: () => Left): Left {
  const mark = run.variables.length
  const left = action()
  run.variables.length = mark
  return left
}

function spend(run: Run): void {
  if (++run.steps > mostSteps) fail('the template takes too many steps', 'unsupported')
}

function write(run: Run, text: string): void {
  run.characters += text.length
  if (run.characters > mostCharacters) fail('the template prints too much', 'unsupported')
  run.output.push(text)
}

function walk(run: Run, node: Node, dot: Value): Left {
  spend(run)
  switch (node.kind) {
    case 'text':
      write(run, node.text)
      return undefined
    case 'action': {
      const value = valueIn(run, node.pipeline, dot)
      if (node.pipeline.variables.length === 0) write(run, printed(value))
      return undefined
    }
    case 'if':
    case 'with':
      return scoped(run, () => {
        const value = valueIn(run, node.pipeline, dot)
        if (!truth(value)) return walkAll(run, node.otherwise, dot)
        return walkAll(run, node.body, node.kind === 'with' ? value : dot)
      })
    case 'range':
      return scoped(run, () => walkRange(run, node, dot))
    case 'template':
      return call(run, node, dot)
    default:
      return node.kind
  }
}

function walkRange(run: Run, node: Branch, dot: Value): Left {
  const { variables } = node.pipeline
  const items = itemsOf(evaluate(run, node.pipeline, dot))
  if (items.length === 0) return walkAll(run, node.otherwise, dot)
  for (const [key, item] of items) {
    spend(run)
    const left = scoped(run, () => {
      const [first, second] = variables
      if (second !== undefined) setAll(run, node.pipeline, [key, item])
      else if (first !== undefined) setAll(run, node.pipeline, [item])
      return walkAll(run, node.body, item)
    })
    if (left === 'break') break
  }
  return undefined
}

function itemsOf(value: Value): readonly (readonly [key: Value, item: Value])[] {
  if (isNil(value)) return []
  if (isList(value)) return value.map((item, index) => [BigInt(index), item])
  if (isMap(value)) return keysOf(value).map((key) => [key, value[key]])
  if (typeof value !== 'bigint') return fail(`range can't iterate over ${printed(value)}`)
  if (value > BigInt(mostSteps)) return fail('the template takes too many steps', 'unsupported')
  return Array.from({ length: Math.max(0, Number(value)) }, (_, index) => [BigInt(index), BigInt(index)])
}

function call(run: Run, node: Extract<Node, { kind: 'template' }>, dot: Value): Left {
  const nodes = run.template.defined[node.name]
  if (!nodes) return fail(`template ${JSON.stringify(node.name)} not defined`)
  if (++run.depth > deepest) return fail('templates call each other too deeply', 'unsupported')
  const data = node.pipeline ? valueIn(run, node.pipeline, dot) : undefined
  // A template sees no variables of its caller.
  const outer = run.variables.splice(0, run.variables.length, { name: '$', value: data })
  walkAll(run, nodes, data)
  run.variables.splice(0, run.variables.length, ...outer)
  run.depth--
  return undefined
}

/** The value of a pipeline, whose variables are set to it. */
function valueIn(run: Run, pipeline: Pipeline, dot: Value): Value {
  const value = evaluate(run, pipeline, dot)
  if (pipeline.variables.length > 0) setAll(run, pipeline, [value])
  return value
}

function setAll(run: Run, { variables, assigns }: Pipeline, values: readonly Value[]): void {
  for (const [index, name] of variables.entries()) {
    const value = values[index]
    const known = assigns ? findVariable(run, name) : undefined
    if (known) known.value = value
    else run.variables.push({ name, value })
  }
}

function findVariable(run: Run, name: string): Variable {
  for (let at = run.variables.length - 1; at >= 0; at--) {
    const variable = run.variables[at]
    if (variable?.name === name) return variable
  }
  return fail(`undefined variable ${name}`)
}

/** The last value of each command is the last argument of the next one. */
function evaluate(run: Run, { commands }: Pipeline, dot: Value): Value {
  let value: Value
  for (const [index, command] of commands.entries()) value = commandValue(run, command, dot, index === 0 ? [] : [value])
  return value
}

function commandValue(run: Run, { first, rest }: Command, dot: Value, piped: readonly Value[]): Value {
  spend(run)
  if (first.kind === 'function') {
    const args = rest.map((operand) => () => operandValue(run, operand, dot))
    return run.functions.call(first.name, [...args, ...piped.map((value) => () => value)])
  }
  if (rest.length + piped.length > 0)
    return fail(
      first.kind === 'fields'
        ? `${first.names.at(-1)} is not a method but has arguments`
        : `can't give argument to non-function`,
    )
  return operandValue(run, first, dot)
}

function operandValue(run: Run, operand: Operand, dot: Value): Value {
  switch (operand.kind) {
    case 'dot':
      return dot
    case 'nil':
      return null
    case 'constant':
      return operand.value
    case 'variable':
      return findVariable(run, operand.name).value
    case 'pipeline':
      return parenthesized(run, operand.pipeline, dot)
    case 'function':
      return run.functions.call(operand.name, [])
    case 'fields':
      return operand.names.reduce<Value>((value, name) => fieldOf(value, name), operandValue(run, operand.of, dot))
  }
}

function parenthesized(run: Run, pipeline: Pipeline, dot: Value): Value {
  if (++run.depth > deepest) return fail('parentheses are nested too deeply', 'unsupported')
  const value = valueIn(run, pipeline, dot)
  run.depth--
  return value
}
