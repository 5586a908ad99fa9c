import { memoryStorage } from './memory-storage.ts'
import { RunningVenue } from './running-venue.ts'
import type { Venue } from './venue.ts'
import type { VenueOptions } from './venue-options.ts'
import { directoryStorage } from './venue-storage.ts'

/**
 * Starts an exchange of your own.
 *
 * @example
 * const venue = await createVenue({ scenario: 'empty' })
 * const response = await venue.fetch(new Request('http://venue.test/papi/v1/ping'))
 * @throws `storage.*`, `scenario.*`, `venue.behaviour-*`
 */
export async function createVenue(options: VenueOptions = {}): Promise<Venue> {
  const storage = options.data === undefined ? memoryStorage() : directoryStorage(options.data)
  try {
    return new RunningVenue(options, storage)
  } catch (error) {
    storage.close()
    throw error
  }
}
