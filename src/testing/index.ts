export { checkAndSave, type TestOptions } from './checked'
export { type MatcherResult, type StrategyMatchers, strategyMatchers } from './matchers'
