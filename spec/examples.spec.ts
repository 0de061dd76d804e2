import { describe, expect, test } from 'vitest'
import { exampleNames, expectedOutput, runExample } from '../examples/run'
import { bundledCommand } from './bundled'

const program = [bundledCommand()]

describe('every example prints what its expected.txt says', () => {
  test('there are examples', () => expect(exampleNames()).toContain('01-what-will-happen'))

  test.for(exampleNames())('%s', (name) => {
    const { output, errors, code } = runExample(name, program)
    expect(errors.replace(/^npm warn.*\n/gm, '')).toBe('')
    expect(output).toBe(expectedOutput(name))
    expect(code).toBe(0)
  })
})
