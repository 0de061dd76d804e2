/** What the command ends with; printed by --help. */
export const exitCodes = {
  simulated: 0,
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
} as const

export const usage = `rollout-engine: what will happen if I apply this?

usage: rollout-engine simulate FILE... [options]        what becomes of a Rollout, second by second
       rollout-engine analyze FILE... --series FILE     what an analysis makes of measurements, and why
       rollout-engine upgrade FILE... --from VERSION    what another version of the controller changes, and why

rollout-engine COMMAND --help says more.`

export const simulateUsage = `rollout-engine simulate: what will happen if I apply this?

usage: rollout-engine simulate FILE... [options]        (FILE may be a folder; "-" reads standard input)

FILE holds the Rollout and what it refers to: Services, AnalysisTemplates, Ingresses, workloads. What it names and is not in the
files is assumed to exist, with a warning: Services select its pods, analyses are Successful unless --measure says otherwise.

  --update IMAGE@TIME         set the image at a time: web=repo/app:2@10s, or repo/app:2@10s for the only container
  --at TIME=COMMAND           promote, promote-full, abort, retry, undo, undo:REVISION, pause, resume, restart, scale:N,
                              scale-workload:N, delete
  --when-paused COMMAND       the same, one second after the Rollout paused; several are used one after the other
  --until TIME                how far to look (default 1h)
  --expect END,...            how it has to end: healthy, progressing, paused, degraded, aborted, invalid or deleted
  --start-at WHEN             when the simulation begins: 2030-01-31T12:00:00Z, or now; default: the newest time in the files, so that
                              what was read from a cluster goes on with its timers as they are
  --ready-after TIME          how long pods take to become ready (default 0s)
  --never-ready IMAGE         pods with a container, or init container, of this image never become ready
  --measure METRIC=ITEM,...   what the measurements of a metric come to, one after the other; the last one repeats. An item is
                              Successful, Failed, Inconclusive or Error, or a value that the metric's conditions judge: 0.97,
                              [0.2], text, error:MESSAGE. Metrics of which nothing is said are Successful.
  --series FILE               the same from a file: .csv with a column a metric (and perhaps time), or .json {"METRIC": [ITEM, ...]}
  --router-lag TIME           traffic follows each new weight so much later, also where the next is told meanwhile
  --router-verifies           the router can say whether a weight is in effect
  --router-lies               ... and always says yes
  --router-refuses FROM-TO    the router refuses every call from one time until before the other: 40s-2m
  --plugin NAME=PHASE@TIME    what a plugin answers from a time on: a step plugin Successful (as all of which nothing is said), Failed,
                              Error or Running; a router plugin verified or unverified
  --controller VERSION        the controller that the cluster runs: v1.7, v1.8, v1.9, v1.10 (default) or main
  --strict                    what is not in the files does not exist: what the controller says with exactly these objects
  --whole-seconds             the controllers' clock shows whole seconds only: what they compare strictly ends a second later
  --show KIND/NAME@TIME       print an object of the traffic router as it stands then: virtualservice/web@2m
  --diff KIND/NAME@FROM..TO   print what differs of it between two times: ingress/web@10s..2m
  --events                    print the controller's events below the table
  --trace                     print every turn of a controller below the table: router calls, changes and states in order, also those
                              that last no second
  --rollout NAME              which Rollout, if the files hold several
  --format table|json         default table; json prints {"frames": [...], "events": [...], "issues": [...], "assumed": [...], "outcome": "healthy"}; "trace": [...] with --trace
  --help

TIME is a Go duration (90s, 5m, 1h30m) or a number of seconds, counted from the first apply.

exit codes: ${exitCodes.simulated} simulated (whatever became of the Rollout, or as --expect says), ${exitCodes.badManifests} the files have errors, ${exitCodes.usage} the command line is off,
            ${exitCodes.notWritten} the output could not be written, ${exitCodes.refused} the controller refuses the Rollout (InvalidSpec), ${exitCodes.unexpected} it does not end as --expect says`

export const upgradeUsage = `rollout-engine upgrade: what will another version of the controller change?

usage: rollout-engine upgrade FILE... --from VERSION [options]

FILE holds the Rollout and what it refers to. Eight stories (an update that is promoted, aborted, undone, ...) are simulated under both
controllers; the first moment at which they differ is shown, with what changed between the versions.

  --from VERSION              the controller that runs today: v1.7, v1.8, v1.9, v1.10 or main
  --to VERSION                the one that is to run (default v1.10)
  --live FILE                 what the cluster holds, as kubectl get rollout,replicaset,service -o yaml prints it: says whether the
                              running ReplicaSet is recognised or a new revision starts
  --rollout NAME              which Rollout, if the files hold several
  --format text|markdown|json default text
  --help

exit codes: ${exitCodes.simulated} every story goes as before, ${exitCodes.goesOtherwise} something goes otherwise, ${exitCodes.badManifests} the files have errors, ${exitCodes.usage} the command line is off`
