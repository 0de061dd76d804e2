import type { Node } from '../syntax/ast'
import { floatType, type GoType, isFloat, type Signature } from '../types/goType'
import { assignableTo, isUnknown, type Nature, natureOf } from '../types/nature'
import type { Scope } from './scope'

/** A problem of one overload: no failure yet, another one may fit. */
export interface Misfit {
  readonly message: string
  readonly at: number
}

export type Fit =
  | { readonly arguments: readonly Node[]; readonly result: Nature }
  | { readonly misfit: Misfit; readonly arguments: readonly Node[] }

/** Checks a call against one signature. Literals may change their type to fit. */
export function checkArguments(
  name: string,
  { inputs, outputs, variadic = false }: Signature,
  given: readonly Node[],
  node: Node,
  scope: Scope,
): Fit {
  const misfit = (message: string, at = node.span.at): Fit => ({ misfit: { message, at }, arguments: given })
  if (outputs.length === 0) return misfit(`func ${name} doesn't return value`)
  if (outputs.length > 2) return misfit(`func ${name} returns more then two values`)
  const tooFew = given.length < inputs.length - (variadic ? 1 : 0)
  const tooMany = !variadic && given.length > inputs.length
  if (tooFew || tooMany) {
    if (scope.natures.checksSurplus) for (const argument of given) scope.check(argument, scope)
    return misfit(`${tooFew ? 'not enough' : 'too many'} arguments to call ${name}`)
  }
  const fitting: Node[] = []
  for (const [i, argument] of given.entries()) {
    const input = variadic && i >= inputs.length - 1 ? inputs[inputs.length - 1]!.elem! : inputs[i]!
    const checked = scope.check(argument, scope)
    const problem = argumentProblem(name, checked.nature, input, scope)
    if (problem !== undefined) return misfit(problem, argument.span.at)
    fitting.push(scope.natures.is(checked.nature, 'integer') ? asNumber(checked, input) : checked)
  }
  return { arguments: fitting, result: natureOf(outputs[0]!) }
}

function argumentProblem(name: string, nature: Nature, input: GoType, { natures }: Scope): string | undefined {
  if (natures.is(nature, 'integer') && (isFloat(input) || natures.takesInteger(input, nature.type!))) return undefined
  if (nature.isNil) {
    if (natures.passesNil) return undefined
    if (input.kind === 'ptr' || input.kind === 'interface') return undefined
    return `cannot use nil as argument (type ${input.name}) to call ${name}`
  }
  const target = natureOf(input)
  if (isUnknown(nature) || assignableTo(nature, target) || assignableTo(natures.reach(nature), target)) return undefined
  return `cannot use ${natures.print(nature)} as argument (type ${input.name}) to call ${name} `
}

/**
 * Integer literals of a sum, difference or product become what the function wants: a float, or an integer of another
 * size.
 */
function asNumber(node: Node, wanted: GoType): Node {
  if (!isFloat(wanted) && wanted.kind === 'int') return node
  switch (node.kind) {
    case 'int':
      if (!isFloat(wanted)) return { ...node, nature: natureOf(wanted) }
      return { kind: 'float', value: Number(node.value), span: node.span, nature: natureOf(floatType) }
    case 'unary':
      return { ...node, operand: asNumber(node.operand, wanted) }
    case 'binary':
      if (node.operator !== '+' && node.operator !== '-' && node.operator !== '*') return node
      return { ...node, left: asNumber(node.left, wanted), right: asNumber(node.right, wanted) }
    default:
      return node
  }
}
