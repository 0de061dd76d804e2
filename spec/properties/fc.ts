import fc from 'fast-check'
import { propertySeed } from './seed'

// fast-check as specs use it: with the seed of the run, where a property names none.

fc.configureGlobal({ seed: propertySeed })

export { fc }
