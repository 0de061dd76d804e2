/** One bound or the step of `[from:to:step]`. */
export interface SliceParameter {
  readonly known: boolean
  readonly value: number
  /** `[n]`: the end was made up from the start. */
  readonly derived?: boolean
}

export interface PathList {
  readonly kind: 'list'
  readonly nodes: readonly PathNode[]
}

/** The pieces of a Kubernetes JSONPath template. */
export type PathNode =
  | PathList
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'slice'; readonly parameters: readonly [SliceParameter, SliceParameter, SliceParameter] }
  | { readonly kind: 'union'; readonly lists: readonly PathList[] }
  | { readonly kind: 'filter'; readonly left: PathList; readonly right: PathList; readonly operator: string }

/** A template: plain texts and `{...}` actions (each a list), in order. */
export interface JsonPath {
  readonly nodes: readonly PathNode[]
}

export type PathReading<T> = T | { readonly error: string }

export const isPathError = (reading: object): reading is { readonly error: string } => 'error' in reading
