import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ConformanceCase, Unit } from './types'

export type Judge = (testCase: ConformanceCase) => readonly Unit[]

const fileOf = (family: string): URL => new URL(`./families/${family}.ts`, import.meta.url)

/** Whether the engine can judge the family yet. */
export const isBuilt = (family: string): boolean => existsSync(fileURLToPath(fileOf(family)))

/** The judge of a family, or undefined where it is not built. */
export async function judgeOf(family: string): Promise<Judge | undefined> {
  if (!isBuilt(family)) return undefined
  const module = (await import(fileOf(family).href)) as { judge: Judge }
  return module.judge
}

/** How many units a case has, whether or not the engine can judge it: nothing is skipped silently. */
export function unitsOf(testCase: ConformanceCase): number {
  return testCase.steps
    ? testCase.steps.filter((step) => step.reconcile !== undefined && step.judged !== false).length
    : 1
}

/** An exception fails every unit of the case. */
export function judgeSafely(judge: Judge, testCase: ConformanceCase): readonly Unit[] {
  try {
    return judge(testCase)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const difference = { path: '(thrown)', expected: 'no exception', got: text }
    return Array.from({ length: unitsOf(testCase) }, (_, i) => ({ name: `unit ${i}`, differences: [difference] }))
  }
}
