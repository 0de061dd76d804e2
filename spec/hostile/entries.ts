import { publishedEntries } from '../../tsup.config'

const reducers = ['.', './analysis']
const readers = ['./input', './adapters', './view']

/** Published entries by the spec that attacks them: three, which run beside each other. */
export const entriesUnderAttack = {
  reducers,
  readers,
  others: Object.keys(publishedEntries).filter((entry) => ![...reducers, ...readers].includes(entry)),
}
