import { shippedScenario, shippedScenarios } from '../../venue/scenarios/scenario.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

interface Row {
  readonly name: string
  readonly description: string
}

const columns: readonly Column<Row>[] = [
  { field: 'name', header: 'SCENARIO', isKey: true, value: ({ name }) => name },
  { field: 'description', header: 'WHAT IT HAS', value: ({ description }) => description },
]

function sheet() {
  return { columns, rows: shippedScenarios.map((name) => ({ name, description: shippedScenario(name).description })) }
}

/** The scenarios that are shipped, for a program. */
export function scenariosDocument(): object {
  return { scenarios: sheetObjects(sheet()) }
}

export function scenariosText(style: Style): string {
  return `${printTable(sheet(), style)}\noverdraft venue --scenario NAME starts one; docs/scenarios.md describes files of your own.\n`
}
