/** Rows that a search may miss, and why. Those that it met are left out of the page. */
export const unmet: readonly { readonly rows: readonly number[]; readonly why: string }[] = [
  {
    rows: [1],
    why: 'repaired before v1.7, the oldest version that is modelled; examples/outages shows that S1 and S7 hold',
  },
  { rows: [2], why: 'repaired before v1.7; examples/outages shows that S1 holds' },
  {
    rows: [4],
    why: 'expressible (examples/outages): a finished update, a way back within the window and slow pods have to meet',
  },
  {
    rows: [5],
    why: 'needs subsets of an Istio DestinationRule that cannot be switched yet; the modelled router switches at once',
  },
  { rows: [7], why: 'repaired before v1.7; examples/outages shows that S5 and S6 hold' },
  {
    rows: [8],
    why: 'expressible (examples/outages): more canary pods than replicas and a full promotion in the same moment',
  },
  { rows: [9, 10, 20, 21], why: 'Flagger: its phases and webhooks are not modelled' },
  { rows: [12], why: 'expressible under v1.9 and v1.10 (examples/outages); not met' },
  { rows: [13], why: 'expressible since v1.9 (examples/outages); not met' },
  { rows: [18], why: 'repaired before v1.7; examples/outages shows that L5 holds' },
  { rows: [22], why: 'OpenKruise Rollouts; in Argo Rollouts a shortened plan keeps P1 (spec/regressions/outages.ts)' },
  { rows: [25], why: 'expressible under v1.7 (spec/regressions/outages.ts); not met' },
  { rows: [32], why: 'the generators make no arguments that cannot be resolved' },
]
