import { homedir } from 'node:os'
import { relative } from 'node:path'
import { overdraftError } from '../errors/overdraft-error.ts'
import { systemClock } from '../time/system-clock.ts'
import type { Input, Io, Output } from './io.ts'

/** The world of this process. */
export function processIo(signal: AbortSignal): Io {
  return {
    env: process.env,
    stdin: terminalInput(signal),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    clock: systemClock,
    signal,
    userFolder: homedir(),
    command: commandOf(process.argv[1] ?? ''),
  }
}

/** `overdraft` where it is installed, `node dist/cli/main.js` where it is run from a clone. */
function commandOf(script: string): string {
  return /\.[jt]s$/.test(script) ? `node ${relative(process.cwd(), script)}` : 'overdraft'
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    get isTerminal() {
      return stream.isTTY === true
    },
    get columns() {
      // A terminal that was not told its size says 0.
      return stream.columns > 0 ? stream.columns : 100
    },
  }
}

const backspaces = new Set(['\u0008', '\u007f'])
const lineEnds = new Set(['\r', '\n', '\u0004'])

function terminalInput(signal: AbortSignal): Input {
  let typedAhead = ''
  return {
    get isTerminal() {
      return process.stdin.isTTY === true
    },
    readAll: async () => {
      let text = ''
      for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
      return text
    },
    ask: (prompt, typing) =>
      new Promise((resolve, reject) => {
        const { stdin, stderr } = process
        let line = ''
        const finish = (settle: () => void) => {
          stdin.off('data', take).setRawMode(false).pause()
          signal.removeEventListener('abort', stop)
          stderr.write('\n')
          settle()
        }
        const stop = () => finish(() => reject(overdraftError('cli.interrupted', {})))
        const take = (chunk: string) => {
          for (const [index, character] of [...chunk].entries()) {
            if (character === '\u0003') return stop()
            if (lineEnds.has(character)) {
              // What was pasted beyond the line belongs to the next question.
              typedAhead = [...chunk].slice(index + 1).join('')
              return finish(() => resolve(line))
            }
            if (backspaces.has(character)) {
              if (typing === 'shown' && line !== '') stderr.write('\b \b')
              line = line.slice(0, -1)
            } else {
              line += character
              if (typing === 'shown') stderr.write(character)
            }
          }
        }
        stderr.write(prompt)
        signal.addEventListener('abort', stop, { once: true })
        // Raw: what is typed is not shown, and Ctrl-C comes as a character.
        stdin.setRawMode(true).setEncoding('utf8').resume().on('data', take)
        const ahead = typedAhead
        typedAhead = ''
        if (ahead !== '') take(ahead)
      }),
  }
}
