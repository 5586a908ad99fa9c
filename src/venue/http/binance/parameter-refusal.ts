import { recvWindowMaxMs } from '../../../contracts/binance/common.ts'
import { type BinanceError, binanceErrors } from '../../../contracts/binance/errors.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import type { ParameterFault } from '../../../contracts/request.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { Pair } from '../parameter-pairs.ts'

/**
 * The parameters as the behaviour wants them looked at: those it ignores are left out, those it clamps are within
 * their bounds.
 */
export function consideredPairs(endpoint: Endpoint, pairs: readonly Pair[], behaviour: FaceBehaviour): readonly Pair[] {
  let considered = pairs
  if (behaviour.binanceUnknownParameter === 'ignore') considered = considered.filter(([name]) => Object.hasOwn(endpoint.parameters, name))
  if (behaviour.binanceEmptyParameter === 'ignore') considered = considered.filter(([, text]) => text !== '')
  if (behaviour.binanceRecvWindowTooLarge === 'clamp') considered = considered.map(clampedRecvWindow)
  return considered
}

function clampedRecvWindow(pair: Pair): Pair {
  return pair[0] === 'recvWindow' && Number(pair[1]) > recvWindowMaxMs ? ['recvWindow', recvWindowMaxMs.toString()] : pair
}

/** The first refusal for a mandatory parameter that is missing, empty or malformed: that comes before all else (facts A2.1). */
export function mandatoryRefusal(endpoint: Endpoint, faults: readonly ParameterFault[]): BinanceError | undefined {
  const fault = faults.find((found) => found.kind !== 'unknown' && found.kind !== 'duplicate' && isMandatory(endpoint, found.parameter))
  return fault === undefined ? undefined : binanceErrors.mandatoryParameter(fault.parameter)
}

function isMandatory(endpoint: Endpoint, parameter: string): boolean {
  return endpoint.parameters[parameter]?.need === 'mandatory'
}

/** The refusal for a `recvWindow` that cannot be used; its code was not found (facts A1.1). */
export function recvWindowRefusal(faults: readonly ParameterFault[], behaviour: FaceBehaviour): BinanceError | undefined {
  const fault = faults.find((found) => found.parameter === 'recvWindow' && (found.kind === 'malformed' || found.kind === 'out-of-range'))
  if (fault === undefined || fault.kind === 'missing') return undefined
  if ('text' in fault && fault.text === '') return binanceErrors.emptyParameter('recvWindow')
  return behaviour.binanceRecvWindowTooLarge === 'malformed'
    ? binanceErrors.mandatoryParameter('recvWindow')
    : binanceErrors.invalidParameter('recvWindow')
}

// So a `limit` above 1000 was seen (facts A2.1).
const invalidBeyondBounds: ReadonlySet<string> = new Set(['limit'])

/**
 * The refusal for the first of the faults that are left once the caller is known. A value beyond its bounds is told as
 * a mandatory parameter that was not sent, misleading as that is: so `size` above 100 was seen (facts A2.1).
 */
export function semanticRefusal(
  endpoint: Endpoint,
  faults: readonly ParameterFault[],
  sent: number,
  behaviour: FaceBehaviour,
): BinanceError | undefined {
  const [fault] = faults
  if (fault === undefined) return undefined
  switch (fault.kind) {
    case 'duplicate':
      return binanceErrors.duplicateParameter()
    case 'unknown':
      return unknownRefusal(endpoint, faults, sent, behaviour)
    case 'malformed':
      return fault.text === '' ? binanceErrors.emptyParameter(fault.parameter) : binanceErrors.mandatoryParameter(fault.parameter)
    case 'out-of-range':
      return invalidBeyondBounds.has(fault.parameter)
        ? binanceErrors.invalidParameter(fault.parameter)
        : binanceErrors.mandatoryParameter(fault.parameter)
    case 'missing':
      return binanceErrors.mandatoryParameter(fault.parameter)
  }
}

function unknownRefusal(endpoint: Endpoint, faults: readonly ParameterFault[], sent: number, behaviour: FaceBehaviour): BinanceError {
  if (behaviour.binanceUnknownParameter === 'unknown') return binanceErrors.unknownParameter()
  const unread = faults.filter(({ kind, parameter }) => kind === 'unknown' && !Object.hasOwn(endpoint.parameters, parameter)).length
  return binanceErrors.unreadParameters(sent - unread, sent)
}
