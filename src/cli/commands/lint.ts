import { writeFileSync } from 'node:fs'
import { applyFixes } from '../../lint/applyFixes'
import type { LintFinding, LintOptions } from '../../lint/finding'
import { lintManifests } from '../../lint/lint'
import { githubAnnotations } from '../../lint/output/github'
import { sarifLog } from '../../lint/output/sarif'
import { findingsText } from '../../lint/output/text'
import { type ControllerVersion, newestRelease } from '../../model/controllerVersion'
import { flag, output, text } from '../commandLine/command'
import { controllerOption, fileOperands } from '../commandLine/common'
import { defineCommand } from '../commandLine/readWords'
import { exitCodes } from '../exitCodes'
import { reasonOf } from '../files'
import { configFile, readConfig, readRule } from '../lintConfig'
import { readManifests } from '../manifestFiles'
import { printJson, printNote, printText } from '../output'
import { readableLine, readableTexts } from '../readable'
import { withoutData } from '../secretData'
import { versionOfPackage } from '../version'

interface LintArguments {
  files: readonly string[]
  format: 'text' | 'json' | 'sarif' | 'github'
  fix: boolean
  config?: string
  rules: NonNullable<LintOptions['rules']>
  controller?: ControllerVersion
}

/** `rollout-engine lint`: everything that is wrong or surprising in manifests. */
export const lintCommand = defineCommand<LintArguments>({
  name: 'lint',
  summary: 'what is wrong or surprising in manifests, and how to fix it',
  title: 'what is wrong with my manifests?',
  about: [
    'FILE holds Rollouts and what they refer to; files and folders, with everything below them, are checked together. Everything that the controller refuses is reported at once, with its messages. Objects that a Rollout names and that are in no file are assumed to exist.',
  ],
  operands: fileOperands(),
  options: [
    output(
      ['text', 'json', 'sarif', 'github'],
      'Default text; sarif is SARIF 2.1.0, github annotations of a job.',
      (given, format) => {
        given.format = format
      },
    ),
    controllerOption((given: LintArguments, version) => {
      given.controller = version
    }),
    flag('fix', 'Repair files where that is safe; comments and order stay.', (given) => {
      given.fix = true
    }),
    {
      name: 'rule',
      value: 'RULE=LEVEL',
      help: 'Make a rule an error, a warning or a note, or turn it off: max-surge-ignored=off.',
      set: (given, value) => {
        const read = readRule(value)
        if ('problem' in read) return `--rule: ${read.problem}`
        given.rules = { ...given.rules, [read.id]: read.level }
        return undefined
      },
    },
    text(
      'config',
      'FILE',
      `The same from a file, rules: {max-surge-ignored: off}. Default: ${configFile} of this folder, if there is one.`,
      (given, file) => {
        given.config = file
      },
      'files',
    ),
  ],
  notes: [
    'A comment "# rollout-engine: ignore RULE" turns a rule off on its line and the next; "ignore-file RULE" in the whole file.',
  ],
  examples: ['lint k8s/', 'lint rollout.yaml --fix', 'lint k8s/ --output sarif > lint.sarif'],
  exitCodes: [
    [exitCodes.done, 'nothing is found, or notes only'],
    [exitCodes.badManifests, 'there are errors or warnings'],
    [exitCodes.usage, 'the command line is wrong'],
    [exitCodes.notWritten, 'the output, or a file, could not be written'],
  ],
  initial: () => ({ files: [], format: 'text', fix: false, rules: {} }),
  check: ({ files, fix }) => {
    if (files.length === 0) return 'name a file or a folder with manifests, or - for standard input'
    return fix && files.includes('-') ? '--fix needs files: standard input cannot be written back' : undefined
  },
  run: runLint,
})

function runLint({ files, format, fix, config, rules, controller }: LintArguments): number {
  const configured = readConfig(config)
  if ('problem' in configured) {
    printNote(`rollout-engine: ${readableLine(configured.problem)}`)
    return exitCodes.usage
  }
  const read = readManifests(files, { below: true })
  if (!read) return exitCodes.badManifests
  const options = { rules: { ...configured.rules, ...rules }, controller }
  let texts: Readonly<Record<string, string>> = Object.fromEntries(read.texts)
  if (fix) {
    const mended = applyFixes(texts, options)
    if (!writeBack(texts, mended.files)) return exitCodes.notWritten
    for (const one of mended.fixed)
      printNote(`fixed: ${readableLine(`${one.file}:${one.line}: ${one.message} [${one.rule}]`)}`)
    texts = mended.files
  }
  const findings = lintManifests(texts, options).map(withoutData)
  print(findings, format, controller)
  return findings.some(({ severity }) => severity !== 'note') ? exitCodes.badManifests : exitCodes.done
}

function writeBack(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean {
  for (const [file, text] of Object.entries(after)) {
    if (text === before[file]) continue
    try {
      writeFileSync(file, text)
    } catch (error) {
      printNote(`rollout-engine: cannot write ${readableLine(file)}: ${readableLine(reasonOf(error))}`)
      return false
    }
  }
  return true
}

/** Further lines of a message are indented: text from a file never starts a line of its own. */
const readableFinding = ({ message, ...finding }: LintFinding): LintFinding => ({
  ...readableTexts(finding),
  message: message.replaceAll('\n', '\n    '),
})

function print(
  findings: readonly LintFinding[],
  format: LintArguments['format'],
  controller: ControllerVersion = newestRelease,
): void {
  if (format === 'json') printJson({ controller, findings })
  else if (format === 'sarif') printJson(sarifLog(findings, versionOfPackage()))
  else if (format === 'text') printText(findingsText(findings.map(readableFinding), controller))
  else if (findings.length > 0) printText(githubAnnotations(findings))
}
