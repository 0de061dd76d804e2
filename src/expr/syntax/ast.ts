import type { GoType } from '../types/goType'
import type { Nature } from '../types/nature'

/** Where a node is in the text, in UTF-16 units as JavaScript counts: `text.slice(start, end)`. */
export interface Span {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Where an error about this node points to, usually its operator or name. */
  readonly at: number
}

interface Common {
  readonly span: Span
  /** What is known about the value; filled in by the type check. */
  readonly nature?: Nature
}

export interface NilNode extends Common {
  readonly kind: 'nil'
}
export interface NameNode extends Common {
  readonly kind: 'name'
  readonly name: string
}
export interface IntNode extends Common {
  readonly kind: 'int'
  readonly value: bigint
}
export interface FloatNode extends Common {
  readonly kind: 'float'
  readonly value: number
}
export interface BoolNode extends Common {
  readonly kind: 'bool'
  readonly value: boolean
}
export interface StringNode extends Common {
  readonly kind: 'string'
  readonly value: string
}
export interface BytesNode extends Common {
  readonly kind: 'bytes'
  /** One char (0..255) per byte. */
  readonly bytes: string
}
export interface UnaryNode extends Common {
  readonly kind: 'unary'
  /** `not`, `!`, `-` or `+`. */
  readonly operator: string
  readonly operand: Node
}
export interface BinaryNode extends Common {
  readonly kind: 'binary'
  readonly operator: string
  readonly left: Node
  readonly right: Node
  /** A range between literals that the optimizer spelled out: it takes no memory when it is needed. */
  readonly isConstant?: true
}
/** A path with `?.` in it: where a link is nil, the whole chain is. */
export interface ChainNode extends Common {
  readonly kind: 'chain'
  readonly path: Node
}
/** `base.name`, `base[property]`, `base?.name`. */
export interface MemberNode extends Common {
  readonly kind: 'member'
  readonly base: Node
  readonly property: Node
  readonly optional: boolean
  /** It is called right away: `base.name()`. */
  readonly called: boolean
}
export interface SliceNode extends Common {
  readonly kind: 'slice'
  readonly base: Node
  readonly from?: Node
  readonly to?: Node
}
export interface CallNode extends Common {
  readonly kind: 'call'
  readonly callee: Node
  readonly arguments: readonly Node[]
}
export interface BuiltinNode extends Common {
  readonly kind: 'builtin'
  readonly name: string
  readonly arguments: readonly Node[]
  /** What the optimizer may add to a loop. */
  readonly loop?: LoopOptions
}
export interface LoopOptions {
  /** `map(filter(..), f)` is one loop: f of what is kept. */
  readonly mapped?: Node
  /** `filter(..)[0]` of nothing is an error, `first(filter(..))` is nil. */
  readonly throws?: boolean
  /** `count(..) > 2` stops counting at 3. */
  readonly threshold?: bigint
}
/** The part of `filter(xs, # > 1)` that is evaluated for every element. */
export interface PredicateNode extends Common {
  readonly kind: 'predicate'
  readonly body: Node
}
/** `#`, `#index`, `#acc`. */
export interface PointerNode extends Common {
  readonly kind: 'pointer'
  readonly name: string
}
/** `let name = value; body`. */
export interface LetNode extends Common {
  readonly kind: 'let'
  readonly name: string
  readonly value: Node
  readonly body: Node
}
export interface SequenceNode extends Common {
  readonly kind: 'sequence'
  readonly nodes: readonly Node[]
}
/** `a ? b : c`, or `if a { b } else { c }` where not `ternary`. */
export interface ConditionalNode extends Common {
  readonly kind: 'conditional'
  readonly ternary: boolean
  readonly condition: Node
  readonly whenTrue: Node
  readonly whenFalse: Node
}
export interface ArrayNode extends Common {
  readonly kind: 'array'
  readonly items: readonly Node[]
}
export interface MapNode extends Common {
  readonly kind: 'map'
  readonly pairs: readonly PairNode[]
}
export interface PairNode {
  readonly key: Node
  readonly value: Node
}
/** An array of literals, or the set of keys that `in [..]` looks into; only the optimizer makes these. */
export interface ConstantNode extends Common {
  readonly kind: 'constant'
  readonly items: readonly (IntNode | FloatNode | StringNode | BoolNode)[]
  readonly setOf?: GoType
}

export type Node =
  | NilNode
  | NameNode
  | IntNode
  | FloatNode
  | BoolNode
  | StringNode
  | BytesNode
  | UnaryNode
  | BinaryNode
  | ChainNode
  | MemberNode
  | SliceNode
  | CallNode
  | BuiltinNode
  | PredicateNode
  | PointerNode
  | LetNode
  | SequenceNode
  | ConditionalNode
  | ArrayNode
  | MapNode
  | ConstantNode
