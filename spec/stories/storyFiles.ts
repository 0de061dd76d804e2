import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exampleNames, expectedFile, expectedOutput, runExample } from '../../examples/run'
import { behaviourIndex, indexFile } from '../docs/behaviourIndex'
import { architectureFile, withStageTables } from '../docs/stageTables'
import { pictureFiles } from '../pictures/pictureFiles'
import { runStory } from './runStory'
import { parseStory, printStory } from './story'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** A text file that the program writes: as it is, as it has to be, and how to write it. */
export interface Written {
  readonly name: string
  readonly current: () => string
  readonly wanted: () => string
  readonly write: (text: string) => void
}

export const storyNames = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => path.slice(0, -'.txt'.length))
    .sort()

export function storyFile(name: string): Written {
  const file = join(folder, `${name}.txt`)
  const current = (): string => readFileSync(file, 'utf8')
  return {
    name: `spec/stories/${name}.txt`,
    current,
    wanted: () => printStory(runStory(parseStory(current()))),
    write: (text) => writeFileSync(file, text),
  }
}

const exampleFile = (name: string): Written => ({
  name: `examples/${name}/expected.txt`,
  current: () => expectedOutput(name),
  wanted: () => runExample(name).output,
  write: (text) => writeFileSync(expectedFile(name), text),
})

const index: Written = {
  name: 'docs/reference/behaviour-index.md',
  current: () => readFileSync(indexFile, 'utf8'),
  wanted: behaviourIndex,
  write: (text) => writeFileSync(indexFile, text),
}

const architecture: Written = {
  name: 'docs/internals/architecture.md',
  current: () => readFileSync(architectureFile, 'utf8'),
  wanted: withStageTables,
  write: (text) => writeFileSync(architectureFile, text),
}

/** Everything that `npm run stories` writes. */
export const writtenFiles = (): readonly Written[] => [
  ...storyNames().map(storyFile),
  ...exampleNames().map(exampleFile),
  ...pictureFiles(),
  index,
  architecture,
]
