import { readableLine } from '../readable'
import type { CheckArguments } from './checkArguments'

/** A word of a shell; quoted where it is not plain. */
const word = (text: string): string => {
  const readable = readableLine(text)
  return /^[\w./:,@%+=-]+$/.test(readable) ? readable : `'${readable.replaceAll("'", "'\\''")}'`
}

/** The command that finds the same once more. */
export function commandAgain({
  files,
  runs,
  seed,
  except,
  rollout,
  controllers: [controller],
}: Pick<CheckArguments, 'files' | 'runs' | 'seed' | 'except' | 'rollout' | 'controllers'>): string {
  const options = [
    `--runs ${runs}`,
    `--seed ${seed}`,
    ...(except.length > 0 ? [`--except ${except.join(',')}`] : []),
    ...(rollout === undefined ? [] : [`--rollout ${word(rollout)}`]),
    ...(controller === undefined ? [] : [`--controller ${controller}`]),
  ]
  return ['rollout-engine check', ...files.map(word), ...options].join(' ')
}
