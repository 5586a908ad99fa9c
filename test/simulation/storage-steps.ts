import { isOverdraftError } from '../../src/errors/overdraft-error.ts'
import { dayMs } from '../../src/time/units.ts'
import { createEngine } from '../../src/venue/engine/engine.ts'
import { memoryJournal } from '../../src/venue/engine/memory-journal.ts'
import { RunningVenue } from '../../src/venue/running-venue.ts'
import { directoryStorage } from '../../src/venue/venue-storage.ts'
import { checkStep } from './checks.ts'
import { anyCommand, isRefusal } from './command-steps.ts'
import { type CrashImage, copyFolder, journalLengths, tearCharges, tearJournal } from './crash-image.ts'
import { FaultyStorage, type WriteKind } from './faulty-storage.ts'
import { must } from './must.ts'
import { codeOf } from './script.ts'
import { count, engineOf, type Stage } from './stage.ts'

/** A few commands and moves of the clock; the work of `each` step may fail. */
function work(stage: Stage, around: (act: () => void) => void): void {
  const { draws, cast } = stage
  for (let number = draws.between(1, 5); number > 0; number--) {
    const engine = engineOf(stage)
    const at = Math.max(stage.venue.clock.now(), engine.now) + 1 + draws.below(draws.percent(20) ? 3 * dayMs : 7_200_000)
    const command = draws.percent(70) ? anyCommand(draws, engine, cast) : undefined
    stage.note(command === undefined ? `engine.advanceTo(${at})` : `engine.apply(${codeOf(command)}, { at: ${at} })`)
    around(() => {
      try {
        if (command === undefined) engineOf(stage).advanceTo(at)
        else engineOf(stage).apply(command, { at })
      } catch (error) {
        if (!isRefusal(error)) throw error
      }
    })
  }
}

/** The disk is full for a few writes; once there is room again the venue stands where its journal says. */
export function fullDiskStep(stage: Stage, step: number): void {
  const { draws, storage } = stage
  const [after, times] = [draws.below(6), draws.between(1, 4)]
  stage.note(`// after ${after} writes the disk is full for ${times}`)
  storage.fillUp(after, times)
  work(stage, (act) => {
    try {
      act()
    } catch (error) {
      if (!isOverdraftError(error, 'storage.full')) throw error
      stage.note('// the disk was full')
      count(stage, 'full disks')
      // While it is, nobody can be asked; the clock still tells the time.
      stage.venue.clock.now()
    }
    storage.watch()
    stage.ear.forget()
    checkStep(stage, step)
    if (draws.percent(50)) storage.fillUp(draws.below(4), 1)
  })
  storage.watch()
}

/** Power is lost at any write: what is on the disk then is resumed, and stands where its journal ends. */
export async function crashStep(stage: Stage): Promise<void> {
  const { draws, folder } = stage
  if (folder === undefined) return
  const image = imageWhileWorking(stage, folder)
  await stage.venue.close()
  if (draws.percent(60)) tearCharges(image.folder, draws)
  const storage = new FaultyStorage(directoryStorage(image.folder))
  stage.folder = image.folder
  stage.folders.push(image.folder)
  stage.storage = storage
  stage.note('// power is lost; what was on the disk then is resumed')
  stage.venue = new RunningVenue(stage.options, storage.storage)
  stage.ear.listenTo(stage.venue)
  const engine = engineOf(stage)
  must(
    engine.sequence >= image.sequence,
    () => `everything acknowledged is there after a crash: ${engine.sequence} of ${image.sequence} entries`,
  )
  const replayed = createEngine({ startsAt: stage.startsAt, behaviour: stage.behaviour, journal: memoryJournal(engine.journal()) })
  must(replayed.digest() === engine.digest(), () => 'a venue that was resumed stands where its journal ends')
  count(stage, 'crashes')
}

/** Works on, and copies the folder just before or just after one of the writes. */
function imageWhileWorking(stage: Stage, folder: string): CrashImage {
  const { draws, storage } = stage
  let left = draws.below(12)
  let image: CrashImage | undefined
  const isBefore = draws.percent(50)
  const tears = draws.percent(60)
  let durable = journalLengths(folder)
  const take = (kind: WriteKind, sequence: number) => {
    image = { folder: copyFolder(folder), sequence }
    if (kind === 'journal' && tears) tearJournal(image.folder, durable, draws)
  }
  let acknowledged = engineOf(stage).sequence
  const look = (kind: WriteKind, moment: 'before' | 'after') => {
    if (image !== undefined) return
    if (moment === 'before') durable = journalLengths(folder)
    if ((moment === 'before') !== isBefore) return
    if (left > 0) left -= 1
    else take(kind, acknowledged)
  }
  storage.watch({ before: (kind) => look(kind, 'before'), after: (kind) => look(kind, 'after') })
  work(stage, (act) => {
    act()
    acknowledged = engineOf(stage).sequence
  })
  storage.watch()
  if (image === undefined) take('charges', acknowledged)
  return image ?? { folder: copyFolder(folder), sequence: acknowledged }
}

/** Closed in good order and opened again, it is what it was, whatever it began with. */
export async function restartStep(stage: Stage): Promise<void> {
  const { folder, venue } = stage
  if (folder === undefined) return
  const digest = venue.engine.digest()
  stage.note('// closed, and opened again')
  await venue.close()
  stage.storage = new FaultyStorage(directoryStorage(folder))
  stage.venue = new RunningVenue(stage.options, stage.storage.storage)
  stage.ear.listenTo(stage.venue)
  must(engineOf(stage).digest() === digest, () => 'a venue that was closed and opened again is what it was')
  count(stage, 'restarts')
}
