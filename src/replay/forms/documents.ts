import { jsonFound, numberFound, textFound } from '../../metrics/providers/found'
import { noResults } from '../../metrics/providers/skyWalking'
import { nullBody } from '../../metrics/providers/web'
import { asJson, parsedJson } from './asJson'
import type { Form, FormOf } from './form'

const noJson: Form = {
  unfit:
    'the server brings JSON, which has no word for NaN and infinite numbers: it sends null, or a text such as "NaN"',
}

/** Web brings JSON, or the text of a body that is none: that text is shown without quotes. */
export const webForm: FormOf = (value, config) => {
  const hasPath = typeof config.jsonPath === 'string' && config.jsonPath !== ''
  if (typeof value === 'string' && !hasPath && parsedJson(value) === undefined) return textFound(value)
  const json = asJson(value ?? null)
  if (json === null && !hasPath) return { error: nullBody }
  return json === undefined ? noJson : jsonFound(json)
}

/** SkyWalking brings the `data` of a GraphQL answer; without it, an error. */
export const skyWalkingForm: FormOf = (value) => {
  if (value === null || value === undefined) return { error: noResults }
  const json = asJson(value)
  return json === undefined ? noJson : jsonFound(json)
}

/** A plugin brings whatever it likes and judges by itself; most let the conditions judge. */
export const pluginForm: FormOf = (value) => {
  if (typeof value === 'number') return numberFound(value)
  const json = asJson(value ?? null)
  return json === undefined ? { unfit: 'a plugin brings numbers or JSON' } : jsonFound(json)
}
