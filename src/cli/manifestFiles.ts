import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { withoutForeign } from '../input/foreign'
import { type ModelObject, parseManifests } from '../input/index'
import { lineLocator } from '../input/lineOfField'
import type { Issue } from '../model/issue'
import { readText, reasonOf } from './files'
import { printNote } from './output'
import { readableLine } from './readable'
import { withoutData } from './secretData'

/** The manifests of all files, with their places. */
export interface Manifests {
  readonly objects: readonly ModelObject[]
  /** The file of each object. */
  readonly files: readonly string[]
  readonly issues: readonly Issue[]
  /** Text by file. */
  readonly texts: ReadonlyMap<string, string>
  /** Gives an issue about an object its file and line. */
  readonly place: (issue: Issue, about: About) => Issue
}

export interface About {
  readonly kind: string
  readonly name: string
}

/**
 * Reads files and folders, with `below` all that is below them too; if one cannot be read, prints the reason and
 * returns undefined.
 */
export function readManifests(
  names: readonly string[],
  { below = false }: { readonly below?: boolean } = {},
): Manifests | undefined {
  const texts = new Map<string, string>()
  for (const name of names) {
    const listed = filesOf(name, below)
    if (!listed) return undefined
    for (const file of listed) {
      if (texts.has(file)) continue
      const text = readText(file)
      if (text === undefined) return undefined
      texts.set(file, text)
    }
  }
  return manifestsOf(texts)
}

/** The manifests of texts by their file. */
export function manifestsOf(texts: ReadonlyMap<string, string>): Manifests {
  const objects: ModelObject[] = []
  const files: string[] = []
  const issues: Issue[] = []
  for (const [file, text] of texts) {
    const parsed = parseManifests(text)
    objects.push(...parsed.objects)
    files.push(...parsed.objects.map(() => file))
    issues.push(...withoutForeign(text, parsed.issues).map((issue) => ({ ...withoutData(issue), file })))
  }
  return { objects, files, issues, texts, place: placer(texts) }
}

export const manifestName = /\.(?:ya?ml|json)$/i

/** A folder stands for its manifests, and with `below` also for those of its subfolders, as with `kubectl apply -f`. */
function filesOf(name: string, below: boolean): readonly string[] | undefined {
  if (name === '-' || /^https?:\/\//.test(name)) return [name]
  try {
    if (!statSync(name).isDirectory()) return [name]
    const found = manifestsIn(name, below ? mostFolders : 0)
    if (found.length > 0) return found
    printNote(`rollout-engine: there is no .yaml, .yml or .json file in ${readableLine(name)}`)
  } catch (error) {
    printNote(`rollout-engine: cannot read ${readableLine(name)}: ${readableLine(reasonOf(error))}`)
  }
  return undefined
}

/** Deeper folders are not read: they do not contain manifests. */
const mostFolders = 16

/** Folders of tools do not contain manifests. */
const isOfTools = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** In the order of their names, files before folders. */
function manifestsIn(folder: string, levels: number): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))
  const files = entries.filter((one) => !one.isDirectory() && manifestName.test(one.name))
  const folders = levels === 0 ? [] : entries.filter((one) => one.isDirectory() && !isOfTools(one.name))
  return [
    ...files.map(({ name }) => join(folder, name)),
    ...folders.flatMap(({ name }) => manifestsIn(join(folder, name), levels - 1)),
  ]
}

/** Each text is parsed once, and only if there is a message about it. */
function placer(texts: ReadonlyMap<string, string>): Manifests['place'] {
  const locators = new Map<string, ReturnType<typeof lineLocator>>()
  return (issue, about) => {
    for (const [file, text] of texts) {
      const locate = locators.get(file) ?? lineLocator(text)
      locators.set(file, locate)
      const line = locate(about, issue.path)
      if (line !== undefined) return { ...issue, file, line }
    }
    return issue
  }
}
