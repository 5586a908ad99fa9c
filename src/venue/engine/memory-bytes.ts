import { Deserializer, Serializer } from 'node:v8'
import type { WorldMemory } from './memory.ts'

/**
 * A world's memory as bytes: one graph, in which what is shared stays shared. Not `v8.serialize`, whose typed arrays
 * read back as views of the very bytes: two worlds made of one checkpoint would then share them.
 */
export function packMemory(memory: WorldMemory): Uint8Array {
  const serializer = new Serializer()
  serializer.writeHeader()
  serializer.writeValue(memory)
  return serializer.releaseBuffer()
}

/** A world's memory of its own, made from the bytes. @throws an Error when they are none */
export function unpackMemory(bytes: Uint8Array): WorldMemory {
  const deserializer = new Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue() as WorldMemory
}
