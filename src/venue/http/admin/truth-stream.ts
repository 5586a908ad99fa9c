import type { Engine } from '../../engine/engine-interface.ts'
import { truthLines } from '../../truth-lines.ts'
import { truthText } from './truth-text.ts'

const linesPerChunk = 500

/**
 * The truth as JSON, one record a line, made as fast as it is read. It breaks off when the engine is replaced meanwhile:
 * what then came would be of another venue.
 *
 * @throws `venue.account-unknown`
 */
export function truthStream(engine: Engine, present: () => Engine, account: string | undefined): ReadableStream<Uint8Array> {
  const lines = truthLines(engine, account)
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: (controller) => {
      if (present() !== engine) return controller.error(new Error('the venue was reset or restored meanwhile'))
      let text = ''
      for (let count = 0; count < linesPerChunk; count++) {
        const { done, value } = lines.next()
        if (done === true) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          return controller.close()
        }
        text += `${truthText(value)}\n`
      }
      controller.enqueue(encoder.encode(text))
    },
  })
}
