import { publishedEntries } from '../../tsup.config'

const reducers = ['.', './analysis']
const readers = ['./input', './adapters', './node', './view']
const worlds = ['./simulate', './scenario', './check', './commands']

/** Published entries by the spec that attacks them: four, which run beside each other. */
export const entriesUnderAttack = {
  reducers,
  readers,
  worlds,
  others: Object.keys(publishedEntries).filter((entry) => ![...reducers, ...readers, ...worlds].includes(entry)),
}
