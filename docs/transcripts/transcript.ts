/** A line of a document that stands for lines it leaves out. */
const ellipsis = '…'

/** A block of a document that shows what commands print: whole, or with … for what is left out. */
const blockRe = /^```\n(\$ (?:overdraft|cat) .*\n[^`]*?)^```$/gm

interface Shown {
  readonly line: string
  readonly lines: readonly string[]
}

/** The command lines of a block, each with what the document shows of its output. */
function shownIn(block: string): readonly Shown[] {
  return block.split(/^\$ /m).flatMap((part) => {
    const [line = '', ...lines] = part.trimEnd().split('\n')
    return line === '' ? [] : [{ line, lines }]
  })
}

/** Each transcript of a document that the commands do not print so, told in a sentence. */
export function faultsOf(document: string, printed: ReadonlyMap<string, string>): readonly string[] {
  return [...document.matchAll(blockRe)].flatMap(([, block = '']) =>
    shownIn(block).flatMap(({ line, lines }) => {
      const output = printed.get(line)
      if (output === undefined) return [`${line} is no part of the story`]
      const rest = missingFrom(lines, output.trimEnd().split('\n'))
      return rest === undefined ? [] : [`${line} does not print ${JSON.stringify(rest)} there`]
    }),
  )
}

/** How many commands the transcripts of a document show. */
export function commandsIn(document: string): readonly string[] {
  return [...document.matchAll(blockRe)].flatMap(([, block = '']) => shownIn(block).map(({ line }) => line))
}

/** The first shown line that is not printed where it should be; `undefined` where all are. Between … nothing is left out. */
function missingFrom(shown: readonly string[], printed: readonly string[]): string | undefined {
  let place = 0
  for (const [index, line] of shown.entries()) {
    if (line.trim() === ellipsis) continue
    const after = shown[index - 1]?.trim() === ellipsis
    place = after ? printed.indexOf(line, place) : place
    if (place === -1 || printed[place] !== line) return line
    place += 1
  }
  return place === printed.length || shown.at(-1)?.trim() === ellipsis ? undefined : printed[place]
}

/** The document with each transcript as the commands print it; what is left out stays left out where its neighbours still are there. */
export function reprinted(document: string, printed: ReadonlyMap<string, string>): string {
  return document.replaceAll(blockRe, (whole, block: string) => {
    const parts = shownIn(block).map(({ line, lines }) => {
      const output = printed.get(line)
      if (output === undefined) return [`$ ${line}`, ...lines].join('\n')
      const isExcerpt = lines.some((one) => one.trim() === ellipsis)
      const isKept = missingFrom(lines, output.trimEnd().split('\n')) === undefined
      return [`$ ${line}`, ...(isKept ? lines : isExcerpt ? excerpt(lines, output) : [output.trimEnd()])].join('\n')
    })
    return whole.replace(block, () => `${parts.join('\n\n')}\n`)
  })
}

/** An excerpt anew: lines are taken for the same where they begin the same. */
function excerpt(lines: readonly string[], output: string): readonly string[] {
  const printed = output.trimEnd().split('\n')
  const firstWord = (line: string) => line.trim().split(/\s+/, 2).join(' ')
  let place = 0
  return lines.map((line) => {
    if (line.trim() === ellipsis) return line
    const found = printed.findIndex((one, index) => index >= place && firstWord(one) === firstWord(line))
    if (found === -1) return line
    place = found + 1
    return printed[found] ?? line
  })
}
