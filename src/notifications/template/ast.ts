/** What represents a value. */
export type Operand =
  | { readonly kind: 'dot' }
  | { readonly kind: 'nil' }
  | { readonly kind: 'constant'; readonly value: string | number | bigint | boolean }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
  | { readonly kind: 'fields'; readonly of: Operand; readonly names: readonly string[] }

/** A function or a value with what stands behind it. */
export interface Command {
  readonly first: Operand
  readonly rest: readonly Operand[]
}

/** `$a, $b := command | command`. */
export interface Pipeline {
  readonly variables: readonly string[]
  /** `=` instead of `:=`: the variables are there already. */
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

/** `if`, `with` or `range`. */
export interface Branch {
  readonly kind: 'if' | 'with' | 'range'
  readonly pipeline: Pipeline
  readonly body: Nodes
  /** Behind `else`. */
  readonly otherwise: Nodes
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | Branch
  | { readonly kind: 'template'; readonly name: string; readonly pipeline?: Pipeline }
  | { readonly kind: 'break' | 'continue' }

export type Nodes = readonly Node[]

/** A template with the ones that it defines. */
export interface Template {
  readonly nodes: Nodes
  readonly defined: Readonly<Record<string, Nodes>>
}
