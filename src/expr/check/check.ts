import { isBuiltin } from '../builtins/signatures'
import type { Language } from '../language'
import type { ConditionalNode, LetNode, MapNode, NameNode, Node, PointerNode, PredicateNode } from '../syntax/ast'
import {
  anySlice,
  anyType,
  boolType,
  byteSlice,
  floatType,
  funcOf,
  intType,
  stringMap,
  stringType,
} from '../types/goType'
import { arrayOf, is, isUnknown, type Nature, natureOf, nil, unknown } from '../types/nature'
import { type NatureRules, natureRules } from '../types/natureRules'
import { checkBuiltin } from './builtins'
import { checkCall } from './calls'
import { checkMember, checkSlice, nameNature } from './members'
import { checkBinary, checkUnary } from './operators'
import { type Checked, refuse, type Scope, typed } from './scope'

/**
 * The static types of an expression: the same tree with the nature of every value, or a failure with the first thing
 * that cannot work. `env` are the names that it may use.
 */
export const checkExpression = (node: Node, env: Readonly<Record<string, Nature>>, language: Language): Node =>
  check(node, {
    env,
    language,
    natures: natureRules[language.line],
    variables: [],
    predicates: [],
    regexes: { effortLeft: 30_000 },
    check,
  })

function check(node: Node, scope: Scope): Checked {
  switch (node.kind) {
    case 'nil':
      return typed(node, nil)
    case 'int':
      return typed(node, natureOf(intType))
    case 'float':
      return typed(node, natureOf(floatType))
    case 'bool':
      return typed(node, natureOf(boolType))
    case 'string':
      return typed(node, natureOf(stringType))
    case 'bytes':
      return typed(node, natureOf(byteSlice))
    case 'name':
      return typed(node, checkName(node, scope))
    case 'unary':
      return checkUnary(node, scope)
    case 'binary':
      return checkBinary(node, scope)
    case 'chain': {
      const path = check(node.path, scope)
      return typed({ ...node, path }, path.nature)
    }
    case 'member':
      return checkMember(node, scope)
    case 'slice':
      return checkSlice(node, scope)
    case 'call':
      return checkCall(node, scope)
    case 'builtin':
      return checkBuiltin(node, scope)
    case 'predicate':
      return checkPredicate(node, scope)
    case 'pointer':
      return typed(node, pointerNature(node, scope))
    case 'let':
      return checkLet(node, scope)
    case 'conditional':
      return checkConditional(node, scope)
    default:
      return checkList(node, scope)
  }
}

function checkList(node: Node, scope: Scope): Checked {
  switch (node.kind) {
    case 'sequence': {
      const nodes = node.nodes.map((one) => check(one, scope))
      return typed({ ...node, nodes }, nodes[nodes.length - 1]!.nature)
    }
    case 'array': {
      const items = node.items.map((item) => check(item, scope))
      const first = items[0]?.nature.type?.kind
      const alike = items.every(({ nature }) => nature.type?.kind === first)
      const last = items[items.length - 1]?.nature ?? unknown
      return typed({ ...node, items }, alike ? arrayOf(last, anySlice) : natureOf(anySlice))
    }
    default:
      return checkMap(node as MapNode, scope)
  }
}

function checkMap(node: MapNode, scope: Scope): Checked {
  const pairs = node.pairs.map(({ key, value }) => ({ key: check(key, scope), value: check(value, scope) }))
  return typed({ ...node, pairs }, natureOf(stringMap))
}

function checkName(node: NameNode, scope: Scope): Nature {
  const variable = scope.variables.find(({ name }) => name === node.name)
  if (variable) return variable.nature
  if (node.name === '$env') return scope.natures.environment
  return nameNature(node, node.name, scope, { strict: true, builtins: true })
}

/** A predicate is a function of one argument; `inner` is its result. */
function checkPredicate(node: PredicateNode, scope: Scope): Checked {
  const body = check(node.body, scope)
  if (body.nature.isNil && scope.natures.refusesNilPredicates) refuse(node.body, 'closure cannot be nil')
  const output = isUnknown(body.nature) ? anyType : body.nature.type
  const type = funcOf({ inputs: [anyType], outputs: output ? [output] : [] })
  return typed({ ...node, body }, { type, inner: body.nature })
}

function pointerNature(node: PointerNode, scope: Scope): Nature {
  const loop = scope.predicates[scope.predicates.length - 1]
  if (!loop) return refuse(node, 'cannot use pointer accessor outside predicate')
  if (node.name === '') return isUnknown(loop.collection) ? unknown : scope.natures.elemOf(loop.collection)
  const variable = loop.variables.find(({ name }) => name === node.name)
  return variable ? variable.nature : refuse(node, `unknown pointer #${node.name}`)
}

function checkLet(node: LetNode, scope: Scope): Checked {
  const { name } = node
  if (Object.hasOwn(scope.env, name)) refuse(node, `cannot redeclare ${name}`)
  if (isBuiltin(name) && !scope.language.syntax.lacksBuiltins.includes(name)) {
    refuse(node, `cannot redeclare builtin ${name}`)
  }
  if (scope.variables.some((variable) => variable.name === name)) refuse(node, `cannot redeclare variable ${name}`)
  const value = check(node.value, scope)
  const variables = [...scope.variables, { name, nature: value.nature }]
  const body = check(node.body, { ...scope, variables })
  return typed({ ...node, value, body }, body.nature)
}

function checkConditional(node: ConditionalNode, scope: Scope): Checked {
  const condition = check(node.condition, scope)
  const { reach, print } = scope.natures
  const nature = reach(condition.nature)
  if (!is(nature, 'bool') && !isUnknown(nature)) {
    refuse(node.condition, `non-bool expression (type ${print(nature)}) used as condition`)
  }
  const whenTrue = check(node.whenTrue, scope)
  const whenFalse = check(node.whenFalse, scope)
  return typed(
    { ...node, condition, whenTrue, whenFalse },
    eitherNature(whenTrue.nature, whenFalse.nature, scope.natures),
  )
}

function eitherNature(one: Nature, other: Nature, { bare, either }: NatureRules): Nature {
  if (one.isNil) return bare(other)
  return other.isNil ? bare(one) : either(one, other)
}
