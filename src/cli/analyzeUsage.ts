import { exitCodes } from './exitCodes'

export const analyzeUsage = `rollout-engine analyze: what does an analysis make of these measurements, when, and why?

usage: rollout-engine analyze FILE... --series FILE [options]        (FILE "-" reads standard input)

FILE, or a folder, holds the AnalysisTemplate (or ClusterAnalysisTemplate), and those that it names; or an AnalysisRun, whose own
measurements are taken where no others are given. Nothing is queried: queries, addresses and secrets are not looked at, only
when is measured, the conditions, and the limits.

  --series [METRIC=]FILE      what the metrics measured, one file or several:
                              .csv   a column a metric, and perhaps one called time; or columns metric, time, value
                              .json  {"METRIC": [ITEM, ...]}, or a list of rows; YAML and a row a line do as well
                              of one metric also a bare list, a column called value, or an answer as it came from
                              Prometheus, Datadog, CloudWatch, New Relic, InfluxDB (CSV) or Graphite
  --measure METRIC=ITEM,...   the same on the command line, one measurement after the other
  --arg NAME=VALUE            a value for an argument of the template
  --template NAME             which template, if the files hold several; said again, they are combined
  --dry-run REGEX             metrics with such a name do not count, as those that the template's dryRun names
  --start TIME                when in a series with times the analysis starts: 5m, or a moment such as 2030-01-01T10:05:00Z;
                              default: with the series
  --until TIME                the analysis is ended then, as a Rollout ends its background analysis after the last step
  --after-end HOW             a metric without a count ends with its series. repeat-last: it goes on with its last item;
                              no-data: whatever measures after the end finds no data
  --strict                    a template that is named and in no file is an error, and not assumed to be Successful
  --format table|json         default table; json prints {"verdict", "decidedAtSeconds", "why", "measurements", "metrics", ...}
  --help

ITEM is a value as the metric's provider brings it (0.97, [0.2], NaN, true, text, an object in JSON; null for no data; "0.97" in
quotes is a text), error:MESSAGE, or a phase: Successful, Failed, Inconclusive, Error. Without times the n-th item is the n-th
measurement; with times an item holds until the next one. Times are RFC 3339, Unix times, seconds, or durations (1m30s) after
the start.

exit codes: ${exitCodes.simulated} Successful, ${exitCodes.failed} Failed, ${exitCodes.error} Error, ${exitCodes.inconclusive} Inconclusive, ${exitCodes.undecided} no verdict; ${exitCodes.badManifests} the files have errors, ${exitCodes.usage} the command line is off,
            ${exitCodes.notWritten} the output could not be written`
