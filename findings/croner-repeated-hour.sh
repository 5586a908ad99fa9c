#!/bin/sh
# croner: an hourly job in a time zone skips an hour when the clocks go back (9.1.0); 11.0.1 runs it
#
# Package    croner 9.1.0 and 11.0.1, installed from npm without scripts.
# Guess      `0 * * * *` with a time zone runs once each real hour: 25 times on the day the clocks go back, 23 times in spring.
# Behaviour  Wrong for 9.1.0, right for 11.0.1. In autumn 9.1.0 runs 24 times: the second pass of the repeated hour has no run, and two
#            runs lie two hours apart. In spring both run 23 times.
# Seen       9.1.0   2026-11-01 America/New_York  24 runs, none at 06:00 UTC
#            11.0.1  2026-11-01 America/New_York  25 runs
# Who        A bot that reads its liability each hour, because interest is charged each hour in UTC, and whose scheduler is set to the
#            desk's time zone. One reading a year is missing, in an hour that was charged. The pattern names no hour, so nothing in it
#            looks as if it depended on the clock on the wall.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --silent --ignore-scripts --no-audit --no-fund nine@npm:croner@9.1.0 eleven@npm:croner@11.0.1

cat >play.mjs <<'JS'
import assert from 'node:assert/strict'
import { Cron as Nine } from 'nine'
import { Cron as Eleven } from 'eleven'

const hour = 3_600_000

/** The runs of an hourly job within [from, to), and the hours of UTC without one. */
function runsOf(Cron, from, to) {
  const job = new Cron('0 * * * *', { timezone: 'America/New_York', paused: true })
  const runs = job.nextRuns(40, new Date(from - 1000)).map(Number).filter((run) => run < to)
  const missing = []
  for (let instant = from; instant < to; instant += hour) if (!runs.includes(instant)) missing.push(new Date(instant).toISOString())
  return { runs: runs.length, missing }
}

// The days of New York, in UTC: 25 hours in autumn, 23 in spring.
const autumn = [Date.UTC(2026, 10, 1, 4), Date.UTC(2026, 10, 2, 5)]
const spring = [Date.UTC(2026, 2, 8, 5), Date.UTC(2026, 2, 9, 4)]
const seen = {
  autumn: { nine: runsOf(Nine, ...autumn), eleven: runsOf(Eleven, ...autumn) },
  spring: { nine: runsOf(Nine, ...spring), eleven: runsOf(Eleven, ...spring) },
}
console.log(JSON.stringify(seen, undefined, 1))
assert.deepEqual(seen, {
  autumn: { nine: { runs: 24, missing: ['2026-11-01T06:00:00.000Z'] }, eleven: { runs: 25, missing: [] } },
  spring: { nine: { runs: 23, missing: [] }, eleven: { runs: 23, missing: [] } },
})
JS
node play.mjs
