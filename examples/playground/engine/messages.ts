import type { PlaygroundState } from '../state'

// What the page and the worker say to each other. No more than types, so that the page does not load the engine twice.

export type Theme = 'auto' | 'light' | 'dark'

export interface Question {
  readonly id: number
  readonly state: PlaygroundState
  readonly theme: Theme
}

export interface PlacedIssue {
  /** Line of the manifests, from 1. */
  readonly line?: number
  /** The field of the form, or of the object, that it is about. */
  readonly where: string
  readonly text: string
  readonly isError: boolean
}

export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Rows that are not among them. */
  readonly leftOut: number
}

/** What becomes of it; without a picture something is wrong that has to be mended first. */
export interface Answer {
  readonly issues: readonly PlacedIssue[]
  readonly commandLine: string
  readonly shown?: {
    readonly picture: string
    readonly states: Table
    readonly events: Table
  }
}

export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer; readonly tookMilliseconds: number }
  /** The part of the engine that judges analyses is not loaded. */
  | { readonly kind: 'needsAnalyses'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
