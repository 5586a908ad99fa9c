import type { BookCheck, CheckedHistory, Damage } from '../../book/seals/check-book.ts'
import type { Deed } from '../../book/seals/repair-book.ts'
import { isoInstant } from '../../time/instant.ts'
import { printable } from '../output/printable.ts'
import type { Style } from '../output/style.ts'

/** A deed, and up to when nothing of its span can be had again: infinity where nothing of it can, `undefined` where all can. */
export interface ShownDeed extends Deed {
  readonly lostTo: number | undefined
}

export function isWhole({ histories, problems }: BookCheck): boolean {
  return problems.length === 0 && histories.every(({ damaged }) => damaged.length === 0)
}

export function bookCheckText(check: BookCheck, style: Style): string {
  const { histories, problems } = check
  const whole = histories.filter(({ damaged }) => damaged.length === 0)
  const damaged = histories.flatMap((history) => history.damaged)
  const lines = [
    ...problems.map((problem) => `${style.red('Damaged')}: ${printable(problem)}`),
    ...damaged.map((one) => `${style.red('Damaged')}: ${damageText(one)}`),
    ...whole.map((one) => `Whole: ${nameOf(one)}, ${countText(one.rows, 'row')}`),
  ]
  const end = isWhole(check)
    ? `${style.green('The book is whole')}: ${countText(rowsOf(histories), 'row')} are what was written.`
    : 'Nothing is answered from what is damaged. overdraft book repair takes it out, so that the next sync asks the exchange for it again.'
  return `${[...lines, end].join('\n')}\n`
}

export function bookCheckDocument(check: BookCheck): object {
  const { histories, problems } = check
  return {
    whole: isWhole(check),
    rows: rowsOf(histories),
    problems,
    histories: histories.map(({ account, of, history, rows, damaged }) => ({
      ...ownerField(account, of),
      history,
      rows,
      damaged: damaged.map(({ from, to, writtenRows, foundRows }) => ({ ...spanFields(from, to), writtenRows, foundRows })),
    })),
  }
}

const didTexts: Readonly<Record<Deed['did'], string>> = {
  'set-aside': 'Set aside',
  rebuilt: 'Made again',
  confirmed: 'Kept as they stand, without leave to repay',
  withdrawn: 'Not proven any more',
}

export function bookRepairText(deeds: readonly ShownDeed[], style: Style): string {
  if (deeds.length === 0) return `${style.green('The book is whole')}: nothing was changed.\n`
  const lines = deeds.map((deed) => {
    const rows = deed.did === 'set-aside' || deed.did === 'confirmed' ? `, ${countText(deed.rows, 'row')}` : ''
    return `${didTexts[deed.did]}: ${nameOf(deed)}${spanText(deed.from, deed.to)}${rows}${fateText(deed)}`
  })
  const asksAgain = deeds.some(({ streams, did }) => streams.length > 0 || did === 'withdrawn')
  const end = asksAgain
    ? 'The book is whole again. overdraft sync asks the exchange for what was taken out; until then it is shown as unproven.'
    : 'The book is whole again.'
  return `${[...lines, end].join('\n')}\n`
}

/** Whether what was set aside can be had again. */
function fateText({ did, lostTo, streams }: ShownDeed): string {
  if (did !== 'set-aside') return ''
  if (lostTo === Number.POSITIVE_INFINITY || (lostTo !== undefined && streams.length === 0)) return '; no exchange tells it again'
  const asked = streams.length === 0 ? '' : `; the proof of ${printable(streams.join(', '))} is withdrawn`
  return lostTo === undefined ? asked : `${asked}; what is before ${isoInstant(lostTo)} the exchange no longer shows`
}

export function bookRepairDocument(deeds: readonly ShownDeed[]): object {
  return {
    deeds: deeds.map(({ did, account, of, history, from, to, rows, streams, lostTo }) => ({
      did,
      ...ownerField(account, of),
      history,
      ...spanFields(from, to),
      rows,
      streams,
      lostTo: lostTo === undefined ? null : Number.isFinite(lostTo) ? instantText(lostTo) : 'all',
    })),
  }
}

function damageText(damage: Damage): string {
  const { from, to, writtenRows, foundRows } = damage
  const rows = writtenRows === foundRows ? countText(foundRows, 'row') : `${countText(foundRows, 'row')} where ${writtenRows} were written`
  return `${nameOf(damage)}${spanText(from, to)}, ${rows}`
}

function nameOf({ account, of, history }: Pick<CheckedHistory, 'account' | 'of' | 'history'>): string {
  const owner = account === '' ? of : account
  return owner === '' ? history : `${history} of ${printable(owner)}`
}

function spanText(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? '' : ` from ${instantText(from)} to ${instantText(to)}`
}

function spanFields(from: number | undefined, to: number | undefined) {
  return { from: from === undefined ? null : instantText(from), to: to === undefined ? null : instantText(to) }
}

function ownerField(account: string, of: string) {
  return { account: account === '' ? null : account, of: of === '' ? null : of }
}

const instantEnd = 8.64e15

/** What was damaged may be an instant that no calendar has. */
function instantText(instant: number): string {
  return Math.abs(instant) <= instantEnd ? isoInstant(instant) : String(instant)
}

function rowsOf(histories: readonly CheckedHistory[]): number {
  return histories.reduce((sum, { rows }) => sum + rows, 0)
}

function countText(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
