/** What the command ends with; printed by --help. */
export const exitCodes = {
  done: 0,
  badManifests: 1,
  usage: 2,
  // What `analyze` says of a verdict; Successful is 0.
  failed: 3,
  error: 4,
  inconclusive: 5,
  undecided: 6,
  /** Standard output takes no more: the disk is full. */
  notWritten: 7,
  // What `simulate` says of the Rollout's end.
  refused: 8,
  unexpected: 9,
  // What `upgrade` says: something goes otherwise under the other controller.
  goesOtherwise: 10,
  // What `check` and `test` say: a sentence, or an expectation, does not hold.
  broken: 11,
} as const
