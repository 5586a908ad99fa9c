const depthMax = 100
const deepBlockRe = /^(?: {101}|(?:[ ]*[-?:][ ]){101})/m

/**
 * Whether the text is nested more deeply than any scenario. Looked at before parsing, because the parser recurses and a
 * text of nothing but brackets takes the process with it. Brackets inside quotes count too: a scenario has few of them.
 */
export function isNestedTooDeeply(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0)
    if (depth > depthMax) return true
  }
  return deepBlockRe.test(text)
}
