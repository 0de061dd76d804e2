/** A test case, as CI systems read it. */
export interface JunitCase {
  readonly className: string
  readonly name: string
  readonly failure?: { readonly message: string; readonly text: string }
}

export interface JunitSuite {
  readonly name: string
  readonly cases: readonly JunitCase[]
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

// A control character other than line ends and tabs cannot are in XML at all.
const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** XML reads a line end in an attribute as a blank, unless it is written as a number. */
const attribute = (text: string): string => escaped(text).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;')

function suiteLines({ name, cases }: JunitSuite): readonly string[] {
  const failures = cases.filter(({ failure }) => failure !== undefined).length
  return [
    `<testsuite name="${attribute(name)}" tests="${cases.length}" failures="${failures}">`,
    ...cases.map(caseText),
    '</testsuite>',
  ]
}

function caseText({ className, name, failure }: JunitCase): string {
  const head = `  <testcase classname="${attribute(className)}" name="${attribute(name)}"`
  if (!failure) return `${head}/>`
  return `${head}>\n    <failure message="${attribute(failure.message)}">${escaped(failure.text)}</failure>\n  </testcase>`
}

/** JUnit XML of a suite, or of several. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const [only, ...others] = suites
  const lines =
    only && others.length === 0
      ? suiteLines(only)
      : ['<testsuites>', ...suites.flatMap(suiteLines).map((line) => `  ${line}`), '</testsuites>']
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join('\n')
}
