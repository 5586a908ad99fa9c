/**
 * The type that a bill's subtype belongs to, where the documents name both so that no doubt is left (facts B5). The file
 * of bills tells the subtype alone.
 */
const subTypesByType: readonly (readonly [type: number, subTypes: readonly number[]])[] = [
  [1, [11, 12]],
  [2, [1, 2, 3, 4, 5, 6]],
  [3, [112, 113]],
  [4, [114, 115]],
  [5, [100, 101, 102, 103, 104, 105, 106, 107]],
  [6, [160, 161, 162]],
  [7, [9, 14]],
  [8, [173, 174]],
  [9, [125, 126, 127, 128]],
  [11, [118, 119]],
  [12, [200, 201]],
  [14, [204, 205, 206, 207, 208, 209]],
  [16, [306, 307]],
  [22, [308, 309]],
]

const typeBySubType: ReadonlyMap<string, string> = new Map(
  subTypesByType.flatMap(([type, subTypes]) => subTypes.map((subType) => [`${subType}`, `${type}`] as const)),
)

/** Empty where the subtype alone does not tell the type. */
export function typeOfSubType(subType: string): string {
  return typeBySubType.get(subType) ?? ''
}
