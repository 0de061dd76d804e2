import { truncate } from '../../go/numbers'
import { phaseOfScore } from '../../metrics/providers/kayenta'
import { describeGiven, type FormOf } from './form'

/** Kayenta's score, from 0 to 100, is cut to an integer and compared with the thresholds. */
export const kayentaForm: FormOf = (value, config) => {
  if (value === null || value === undefined) return { error: 'Missing Score' }
  if (typeof value !== 'number') return { unfit: `Kayenta brings a score from 0 to 100, never ${describeGiven(value)}` }
  const score = truncate(value)
  return { phase: phaseOfScore(score, config), value: String(score) }
}

/** A Job ends well or badly, and shows no value. */
export const jobForm: FormOf = (value) => ({
  unfit: `a Job brings no value: say how it ended, Successful, Failed or Inconclusive, not ${describeGiven(value)}`,
})
