import type { ControllerVersion } from '../model/controllerVersion'
import { controllerVersions, newestRelease, readControllerVersion } from '../model/controllerVersion'
import type { KubeObject } from '../model/meta'
import { previewUpgrade } from '../upgrade/previewUpgrade'
import { type UpgradeFormat, upgradeText } from '../upgrade/upgradeText'
import { exitCodes, upgradeUsage } from './exitCodes'
import { hasErrors, printIssues } from './files'
import { readManifests } from './manifestFiles'
import { printData, printNote, printText } from './output'
import { readableLine } from './readable'

interface UpgradeArguments {
  files: readonly string[]
  live: readonly string[]
  from?: ControllerVersion
  to: ControllerVersion
  rollout?: string
  format: UpgradeFormat | 'json'
}

/** `rollout-engine upgrade`: what another version of the controller will make of the same Rollout. */
export function upgradeCommand(words: readonly string[]): number {
  if (words.includes('--help') || words.includes('-h')) {
    printText(upgradeUsage)
    return exitCodes.simulated
  }
  const given: UpgradeArguments = { files: [], live: [], to: newestRelease, format: 'text' }
  const problem = readWords(given, words) ?? missing(given)
  if (problem !== undefined) {
    printNote(`rollout-engine: ${readableLine(problem)}\nsee rollout-engine upgrade --help`)
    return exitCodes.usage
  }
  return runPreview(given)
}

const missing = ({ files, from }: UpgradeArguments): string | undefined => {
  if (files.length === 0) return 'name a file with the Rollout'
  return from === undefined
    ? `--from says which controller runs today: one of ${controllerVersions.join(', ')}`
    : undefined
}

function readWords(given: UpgradeArguments, words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) {
      given.files = [...given.files, word]
      continue
    }
    const equals = word.indexOf('=')
    const flag = equals < 0 ? word : word.slice(0, equals)
    const value = equals < 0 ? words[++at] : word.slice(equals + 1)
    if (value === undefined) return `${flag} needs a value`
    const problem = setOption(given, flag, value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function setOption(given: UpgradeArguments, flag: string, value: string): string | undefined {
  switch (flag) {
    case '--from':
    case '--to': {
      const version = readControllerVersion(value)
      if (!version) return `${flag} is one of ${controllerVersions.join(', ')}, not "${value}"`
      given[flag === '--from' ? 'from' : 'to'] = version
      return undefined
    }
    case '--live':
      given.live = [...given.live, value]
      return undefined
    case '--rollout':
      given.rollout = value
      return undefined
    case '--format':
      if (value !== 'text' && value !== 'markdown' && value !== 'json') {
        return `--format is text, markdown or json, not "${value}"`
      }
      given.format = value
      return undefined
    default:
      return `unknown option ${flag}`
  }
}

function runPreview({ files, live, from = newestRelease, to, rollout, format }: UpgradeArguments): number {
  const [read, dump] = [readManifests(files), live.length > 0 ? readManifests(live) : undefined]
  if (!read || (live.length > 0 && !dump)) return exitCodes.badManifests
  const issues = [...read.issues, ...(dump?.issues ?? [])]
  printIssues(issues, (file) => read.texts.get(file) ?? dump?.texts.get(file))
  if (hasErrors(issues)) return exitCodes.badManifests
  const manifests = read.objects as readonly KubeObject[]
  const report = previewUpgrade({
    manifests,
    name: rollout,
    from,
    to,
    live: dump?.objects as readonly KubeObject[] | undefined,
  })
  if (!report) {
    printNote('rollout-engine: the files hold no Rollout, or several: name one with --rollout')
    return exitCodes.badManifests
  }
  if (format === 'json') printData(JSON.stringify(report, null, 2))
  else printText(upgradeText(report, format))
  const isSame = report.differing.length === 0 && report.revision.verdict !== 'new'
  return isSame ? exitCodes.simulated : exitCodes.goesOtherwise
}
