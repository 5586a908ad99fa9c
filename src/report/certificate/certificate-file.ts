import { writeTarget } from '../export/target-file.ts'

const pieceCharacters = 256 * 1024

/**
 * Writes lines to a new file, as a whole or not at all, and gives what the lines end with. A file that is there already is
 * left alone.
 *
 * @throws `report.target-exists`, `report.target-unwritable`, `report.target-full`; whatever the lines throw
 */
export function writeNewFile<Result>(path: string, lines: AsyncGenerator<string, Result>): Promise<Result> {
  return writeTarget(path, { force: false }, async (sink) => {
    let piece = ''
    for (;;) {
      const { value, done } = await lines.next()
      if (done === true) {
        await sink.write(piece)
        return value
      }
      piece += value
      if (piece.length < pieceCharacters) continue
      await sink.write(piece)
      piece = ''
    }
  })
}
