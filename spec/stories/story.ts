// A story is a text file: what it shows, files, command lines, and what each of them prints. `npm run stories -- --rewrite`
// runs the commands and writes down what they print now; the diff is what a reviewer reads.
//
//   A Rollout whose replicas are text is refused with its line.
//
//   ==> rollout.yaml
//   apiVersion: argoproj.io/v1alpha1
//   ...
//
//   ==> $ rollout-engine status rollout.yaml
//   ... standard output ...
//
//   ==> errors
//   ... standard error, if there is some ...
//
//   ==> exit code 2
//   (only if it is not 0)

/** One command line and what it prints. */
export interface Scene {
  readonly command: string
  readonly output: string
  readonly errors: string
  readonly exitCode: number
}

export interface Story {
  /** What the story shows, for a person. */
  readonly about: string
  /** Path in the story's folder -> content. */
  readonly files: Readonly<Record<string, string>>
  readonly scenes: readonly Scene[]
}

const marker = '==> '
const program = '$ rollout-engine'

/** Throws where the text is no story: its author is the reader of the message. */
export function parseStory(text: string): Story {
  const [about = '', ...sections] = `\n${text}`.split(`\n${marker}`)
  const files: Record<string, string> = {}
  const scenes: Scene[] = []
  for (const section of sections) {
    const end = section.indexOf('\n')
    const title = (end < 0 ? section : section.slice(0, end)).trim()
    const content = end < 0 ? '' : withoutLastBlankLine(section.slice(end + 1))
    if (title.startsWith(program)) {
      scenes.push({ command: title.slice(program.length).trim(), output: content, errors: '', exitCode: 0 })
      continue
    }
    const ending = /^exit code (\d+)$/.exec(title)
    const last = scenes.at(-1)
    if (last && (ending || title === 'errors'))
      scenes[scenes.length - 1] = ending ? { ...last, exitCode: Number(ending[1]) } : { ...last, errors: content }
    else if (last) throw new Error(`"${title}": files stand before the first command`)
    else files[title] = content
  }
  if (about.trim() === '') throw new Error('a story begins with a sentence that says what it shows')
  if (scenes.length === 0) throw new Error(`a story has a line "${marker}${program} ..."`)
  return { about: about.trim(), files, scenes }
}

/** The text of a story: `parseStory` reads it back. */
export function printStory({ about, files, scenes }: Story): string {
  const sections = [
    ...Object.entries(files).map(([name, content]) => section(name, content)),
    ...scenes.flatMap(({ command, output, errors, exitCode }) => [
      section(`${program} ${command}`, output),
      ...(errors === '' ? [] : [section('errors', errors)]),
      ...(exitCode === 0 ? [] : [section(`exit code ${exitCode}`, '')]),
    ]),
  ]
  return `${[about, ...sections].join('\n\n')}\n`
}

function section(title: string, content: string): string {
  if (`\n${content}`.includes(`\n${marker}`)) throw new Error(`a line of "${title}" begins with "${marker}"`)
  return `${marker}${title}\n${content}`.replace(/\n$/, '')
}

/** Sections are kept apart by a blank line, which is no part of them. */
const withoutLastBlankLine = (content: string): string => {
  const trimmed = content.replace(/\n*$/, '')
  return trimmed === '' ? '' : `${trimmed}\n`
}

/** The words of a command line, with quotes as a shell reads them. */
export const wordsOf = (command: string): string[] =>
  [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
