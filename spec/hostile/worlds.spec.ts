import { attackEntries } from './attackEntries'
import { entriesUnderAttack } from './entries'

await attackEntries(entriesUnderAttack.worlds)
