import { expect, test } from 'vitest'
import { isHostLog, readHostLog } from '../../src/cli/hostLog'

const record = '{"ref":{"kind":"Rollout"},"observed":{},"decision":{}}\n'

test('a log is read line by line: what is no record of a Rollout is left out', () => {
  const { lines, issues } = readHostLog(`started\n${record}{"ref":{"kind":"Service"}}\n${record}{"cut o`)
  expect(lines.map(({ line }) => line)).toEqual([2, 4])
  expect(issues).toEqual([])
  expect(['a.jsonl', 'b.log', 'c.NDJSON', 'd.json', 'e'].map(isHostLog)).toEqual([true, true, true, false, false])
})

test('only so many reconciles are read', () => {
  const { lines, issues } = readHostLog(record.repeat(20_001))
  expect(lines).toHaveLength(20_000)
  expect(issues).toMatchObject([{ code: 'too-long', severity: 'warning', line: 20_001 }])
  expect(issues[0]?.message).toContain('only the first 20000 reconciles')
})
