import { describe, expect, test } from 'vitest'
import { readTemplate, runTemplate } from '../../src/notifications/template/renderTemplate'
import { fc } from '../properties/fc'

// What Go's text/template with sprig prints: every line was run there.

const data = {
  recipient: 'releases',
  rollout: {
    metadata: { name: 'web', labels: { b: '2', a: '1' }, annotations: null },
    spec: {
      replicas: 3,
      big: 12345678,
      paused: false,
      strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
      template: {
        spec: {
          containers: [
            { name: 'a', image: 'x:1' },
            { name: 'b', image: 'y<2>' },
          ],
        },
      },
    },
    status: { phase: '', message: "it's", list: [] },
  },
}

function said(template: string): string {
  const read = readTemplate(template)
  if ('problem' in read) return `! ${read.problem}`
  const run = runTemplate(read.template, data as never)
  return 'problem' in run ? `! ${run.problem}` : run.text
}

const lines: readonly (readonly [template: string, text: string])[] = [
  ['{{.rollout.metadata.name}} {{ .rollout.spec.replicas }} {{.rollout.spec.big}}', 'web 3 1.2345678e+07'],
  ['{{.rollout.nope}} {{.rollout.nope.deeper}}', '<no value> <no value>'],
  ['{{.rollout.metadata.annotations}}', '<no value>'],
  ['{{.rollout.metadata.annotations.x}}', '! nil pointer evaluating interface {}.x'],
  ['{{.rollout.metadata.name.x}}', "! can't evaluate field x in type string"],
  [
    '{{if .rollout.spec.strategy.blueGreen}}BlueGreen{{end}}{{if .rollout.spec.strategy.canary}}Canary{{end}}',
    'Canary',
  ],
  [
    '{{range $index, $c := .rollout.spec.template.spec.containers}}{{if $index}},{{end}}{{$c.name}}={{$c.image}}{{end}}',
    'a=x:1,b=y<2>',
  ],
  ['{{range $k, $v := .rollout.metadata.labels}}{{$k}}{{$v}} {{end}}', 'a1 b2 '],
  ['{{range .rollout.status.list}}x{{else}}none{{end}}', 'none'],
  ['{{range $i, $s := .rollout.spec.strategy.canary.steps}}{{if $i}}{{break}}{{end}}{{$i}}{{end}}', '0'],
  ['{{with .rollout.status.phase}}{{.}}{{else}}-{{end}}', '-'],
  ['{{if eq 1 2}}a{{else if eq 2 2}}b{{else}}c{{end}}', 'b'],
  ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
  ['{{$x := 1}}{{if true}}{{$x := 2}}{{end}}{{$x}}', '1'],
  ['a {{- 1 -}} b{{/* nothing */}}', 'a1b'],
  ['{{"a\\tb"}}{{`raw\\n`}} {{1e3}} {{0x1F}} {{010}}', 'a\tbraw\\n 1000 31 8'],
  ["{{\"\\u00e9\\U0001F600\\101\"}} {{'\\''}} {{'\\x41'}}", 'é😀A 39 65'],
  ['{{"a\\\'b"}}', '! invalid syntax'],
  ['{{"\\ud800"}}', '! invalid syntax'],
  ['{{"\\q"}}', '! invalid syntax'],
  ['{{"\\400"}}', '! invalid syntax'],
  ['{{eq "a" "b" "a"}} {{ne 1 2}} {{ge "b" "a"}} {{eq .nope nil}}', 'true true true true'],
  ['{{eq .rollout.spec.replicas 3}}', '! incompatible types for comparison'],
  ['{{eq .rollout.spec.replicas 3.0}}', 'true'],
  ['{{and 1 0 2}} {{or 0 "" 3}} {{not 1}}', '0 3 false'],
  ['{{or true (fail "never asked")}}', '! the function fail is not supported here'],
  ['{{len "aé"}} {{len .rollout.metadata.labels}}', '3 2'],
  ['{{(index .rollout.spec.template.spec.containers 0).image}}', 'x:1'],
  ['{{index .rollout.spec.template.spec.containers 9}}', '! index out of range: 9'],
  ['{{printf "%s-%v-%d-%q|%5s|%-5s|%05d|%.2f" "a" 2.5 7 "q" "x" "y" 42 1.005}}', 'a-2.5-7-"q"|    x|y    |00042|1.00'],
  ['{{printf "%d" .rollout.spec.replicas}}', '%!d(float64=3)'],
  ['{{print 1 2 "a" 3}}', '1 2a3'],
  ['{{.rollout.spec.template.spec.containers}}', '[map[image:x:1 name:a] map[image:y<2> name:b]]'],
  ['{{.rollout.metadata.labels | toJson}} {{toJson "<&>"}}', '{"a":"1","b":"2"} "\\u003c\\u0026\\u003e"'],
  ['{{upper .rollout.metadata.name | printf "%s!"}}', 'WEB!'],
  ['{{upper .rollout.spec.replicas}}', '! wrong type for value; expected string; got float64'],
  ['{{default "d" .nope}} {{coalesce .nope "" "z"}} {{ternary "y" "n" true}}', 'd z y'],
  ['{{join "," (list 1 2 "x")}} {{first (list 1 2)}} {{splitList "," "a,b"}}', '1,2,x 1 [a b]'],
  ['{{trimAll "$" "$5$"}} {{replace "a" "b" "banana"}} {{trunc 3 "abcdef"}} {{quote "a" 3}}', '5 bbnbnb abc "a" "3"'],
  ['{{.rollout.spec.replicas | int | add 1}} {{div 7 2}} {{max 1 5 3}}', '4 3 5'],
  ['{{define "t"}}<{{.}}>{{end}}{{template "t" .recipient}}{{template "t"}}', '<releases><<no value>>'],
  ['{{template "nope"}}', '! template "nope" not defined'],
  ['{{end}}', '! unexpected {{end}}'],
  ['{{range .x}}', '! {{range}} is not ended'],
  ['{{ "unclosed }}', '! unexpected "\\"" in an action'],
  ['{{ $y }}', '! undefined variable $y'],
  ['{{ regexMatch "a" "b" }}', '! the function regexMatch is not supported here'],
]

describe('templates', () => {
  test.for(lines)('%s', ([template, text]) => {
    expect(said(template)).toBe(text)
  })

  test('end, however deep they are nested or whatever they call', () => {
    expect(said(`${'{{if true}}'.repeat(5000)}`)).toBe('! actions are nested too deeply')
    expect(said(`{{${'('.repeat(5000)}}}`)).toBe('! parentheses are nested too deeply')
    expect(said('{{define "a"}}{{template "a"}}{{end}}{{template "a"}}')).toBe('! templates call each other too deeply')
    expect(said('{{range 1000}}{{range 1000}}{{end}}{{end}}')).toBe('! the template takes too many steps')
    expect(said('{{range 300}}{{repeat 9999 "x"}}{{end}}')).toBe('! the template prints too much')
    expect(said('{{repeat 9999999999 "x"}}')).toBe('! repeat makes too much')
    expect(said('{{printf "%9999999d" 1}}')).toBe('! a width in printf is too great')
    expect(said(' '.repeat(500_000))).toHaveLength(500_000)
    expect(said('{{ "a" }}'.repeat(100_000))).toHaveLength(100_000)
  })

  test('never throw, whatever the text is', () => {
    const bits = [
      '{{',
      '}}',
      '{{-',
      '-}}',
      'if ',
      'range ',
      'end',
      'else ',
      '.a',
      '$x',
      ':=',
      '|',
      '(',
      ')',
      '"q"',
      '1',
      ' ',
      'nil',
      'index ',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 30 }), (words) => {
        expect(typeof said(words.join(''))).toBe('string')
      }),
      { numRuns: 500 },
    )
  })
})
