import { describe, expect, test } from 'vitest'
import { fitted } from '../../src/cli/table'

const headings = ['TIME', 'PHASE', 'MESSAGE']
const message =
  'InvalidSpec: The Rollout "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0'
const rows = [
  ['0s', 'Healthy', ''],
  ['10s', 'Degraded', message],
]

describe('a table at a terminal', () => {
  test('goes on below itself where its last column does not fit', () => {
    const table = fitted({ headings, rows }, 60)
    for (const row of table.rows) expect(row).toHaveLength(3)
    expect(table.rows.slice(0, 2).map(([time, phase]) => [time, phase])).toEqual([
      ['0s', 'Healthy'],
      ['10s', 'Degraded'],
    ])
    expect(table.rows.slice(2).length).toBeGreaterThan(1)
    for (const [time, phase] of table.rows.slice(2)) expect([time, phase]).toEqual(['', ''])
    const parts = table.rows.slice(1).map((row) => row[2] ?? '')
    expect(parts.join(' ')).toBe(message)
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(60 - 'TIME  Degraded  '.length)
  })

  test('stays as it is where there is room, or no terminal', () => {
    expect(fitted({ headings, rows }, 400)).toEqual({ headings, rows })
    expect(fitted({ headings, rows }, undefined)).toEqual({ headings, rows })
  })

  test('keeps a few words a line however narrow the terminal is', () => {
    const parts = fitted({ headings, rows }, 1).rows.map((row) => row[2] ?? '')
    expect(parts.filter((part) => part.length > 8).length).toBeGreaterThan(3)
  })
})
