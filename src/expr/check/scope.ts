import { toBytes } from '../../go/bytes'
import { fail } from '../failure'
import type { Language } from '../language'
import type { Node } from '../syntax/ast'
import type { Nature } from '../types/nature'
import type { NatureRules } from '../types/natureRules'

/** What names mean at a place of the expression. */
export interface Scope {
  readonly env: Readonly<Record<string, Nature>>
  readonly language: Language
  readonly natures: NatureRules
  /** `let` variables, the innermost last. */
  readonly variables: readonly Variable[]
  /** Predicates around the place, the innermost last. */
  readonly predicates: readonly PredicateScope[]
  /** What is left for compiling patterns, in their unit. */
  readonly regexes: { effortLeft: number }
  /** Checks any node; passed along so that the parts of the checker need not import each other. */
  readonly check: (node: Node, scope: Scope) => Checked
}

export interface Variable {
  readonly name: string
  readonly nature: Nature
}

export interface PredicateScope {
  readonly collection: Nature
  /** `#index` and `#acc`, where the loop has them. */
  readonly variables: readonly Variable[]
}

/** A node whose nature is known. */
export type Checked = Node & { readonly nature: Nature }

export const typed = <T extends Node>(node: T, nature: Nature): T & { readonly nature: Nature } => ({ ...node, nature })

export const refuse = (node: Node, message: string): never => fail(toBytes(message), 'type', node.span.at)
