import type { analyses } from './analyses'

// The engine's bundle calls this where a simulation meets an analysis (build.ts puts the calls there).

/** Ends a simulation that needs the other bundle: the page loads it, and asks again. */
export class NeedsAnalyses extends Error {}

export function loadedAnalyses(): typeof analyses {
  const { playgroundAnalyses } = globalThis as { readonly playgroundAnalyses?: typeof analyses }
  if (playgroundAnalyses === undefined) throw new NeedsAnalyses('the bundle with the analyses is not loaded')
  return playgroundAnalyses
}
