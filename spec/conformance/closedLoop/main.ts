import { vectorsFolder } from '../vectors'
import { hasFamily, shareOf, traceFamilies } from './families'

// npm run closed-loop -- [DIR] [FAMILY...]: how many recorded traces end as recorded when the engine's own decisions carry them from
// beginning to end. Exit code 1 where one does not.

const words = process.argv.slice(2)
const isFamily = (word: string): boolean => traceFamilies.some((family) => family === word)
const folder = words.find((word) => !isFamily(word)) ?? vectorsFolder
const named = words.filter(isFamily)
const families = traceFamilies.filter(
  (family) => (named.length === 0 || named.includes(family)) && hasFamily(folder, family),
)

let others = 0
for (const family of families) {
  const share = shareOf(folder, family)
  const of = (count: number): string => `${count} of ${share.traces}`
  console.log(
    `${family}: ${of(share.sameStatuses)} end with the recorded status, ${of(share.sameObjects)} with every object; ${share.withConflicts} hold an API conflict`,
  )
  for (const line of share.others) console.log(`  ${line}`)
  others += share.others.length
}
if (families.length === 0) console.error(`closed-loop: no traces in ${folder}`)
process.exitCode = others > 0 || families.length === 0 ? 1 : 0
