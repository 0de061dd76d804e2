import { expect, it } from 'vitest'
import type * as z from 'zod/mini'
import type { analysisRun, analysisTemplate } from '../../src/input/schemas/analysis'
import type { experiment } from '../../src/input/schemas/experiment'
import type { rollout } from '../../src/input/schemas/rollout'
import type { pod, replicaSet, service, workload } from '../../src/input/schemas/workload'
import type { AnalysisRun, AnalysisTemplate } from '../../src/model/analysis'
import type { Experiment } from '../../src/model/experiment'
import type { Rollout } from '../../src/model/rollout'
import type { Pod, ReplicaSet, Service, Workload } from '../../src/model/workload'

// Judged by the compiler: what a schema lets pass has the model's type, and the schema knows every field of the model.

type Fits<Schema extends z.ZodMiniType, Model> = z.output<Schema> extends Model ? true : false

type Plain = string | number | boolean | null | undefined
/** Paths of the model's fields that the schema does not have; `never` if it has all. */
type Missing<Model, Output, Path extends string = ''> = Model extends Plain
  ? never
  : Model extends readonly (infer Item)[]
    ? Output extends readonly (infer Made)[]
      ? Missing<Item, Made, `${Path}[]`>
      : never
    : {
        [K in keyof Model & string]-?: string extends keyof Model
          ? never
          : K extends keyof Output
            ? Missing<NonNullable<Model[K]>, NonNullable<Output[K]>, `${Path}.${K}`>
            : `${Path}.${K}`
      }[keyof Model & string]

type IsNever<T> = [T] extends [never] ? true : false

const fits: [
  Fits<typeof rollout, Rollout>,
  Fits<typeof analysisTemplate, AnalysisTemplate>,
  Fits<typeof analysisRun, AnalysisRun>,
  Fits<typeof experiment, Experiment>,
  Fits<typeof replicaSet, ReplicaSet>,
  Fits<typeof pod, Pod>,
  Fits<typeof service, Service>,
  Fits<typeof workload, Workload>,
] = [true, true, true, true, true, true, true, true]

const knowsAll: [
  IsNever<Missing<Rollout, z.output<typeof rollout>>>,
  IsNever<Missing<AnalysisTemplate, z.output<typeof analysisTemplate>>>,
  IsNever<Missing<AnalysisRun, z.output<typeof analysisRun>>>,
  IsNever<Missing<Experiment, z.output<typeof experiment>>>,
] = [true, true, true, true]

// The helpers themselves can say no.
const canFail: [Fits<z.ZodMiniString, number>, IsNever<Missing<{ a: { b: 1 } }, { a: { c: 1 } }>>] = [false, false]

it('is checked by the compiler that what the schemas let pass fits the model, and that they know all of its fields', () => {
  expect([...fits, ...knowsAll].every(Boolean)).toBe(true)
  expect(canFail.some(Boolean)).toBe(false)
})
