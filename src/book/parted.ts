/** What was added and what was there already, told by the positions of the latter. */
export function parted<Item>(
  items: readonly Item[],
  known: readonly number[],
): { readonly added: readonly Item[]; readonly again: readonly Item[] } {
  if (known.length === 0) return { added: items, again: [] }
  const positions = new Set(known)
  return { added: items.filter((_, position) => !positions.has(position)), again: items.filter((_, position) => positions.has(position)) }
}
