/** As much of JSON Schema as an OpenAPI document made from the venue's own schemas has. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly example?: unknown
}

export type Components = Readonly<Record<string, Schema>>
export type FieldPath = readonly (string | number)[]

const prefix = '#/components/schemas/'

function resolved(schema: Schema, components: Components): Schema {
  const { $ref, allOf } = schema
  if ($ref !== undefined) return resolved(components[$ref.slice(prefix.length)] ?? {}, components)
  return allOf === undefined ? schema : Object.assign({}, ...allOf.map((part) => resolved(part, components)))
}

/** The schemas one may choose from: those of a union, or the one there is. */
export function variantsOf(schema: Schema, components: Components): readonly Schema[] {
  const plain = resolved(schema, components)
  const choices = plain.oneOf ?? plain.anyOf
  return choices === undefined ? [plain] : choices.flatMap((choice) => variantsOf(choice, components))
}

const texts: Readonly<Record<string, readonly string[]>> = {
  account: ['main', 'okx', 'pro'],
  asset: ['USDT', 'BTC', 'BNB'],
  instId: ['BTC-USDT'],
  order: ['1756'],
  apiKey: ['k'.repeat(64)],
  secret: ['a secret of a key'],
  passphrase: ['a passphrase'],
  ips: ['192.0.2.7'],
  endpoints: ['ping'],
}
const publicKey = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n'

/** A value that the schema allows; `name` is the field it is of. */
export function sampleOf(schema: Schema, components: Components, name: string, pick: number): unknown {
  const variants = variantsOf(schema, components)
  const chosen = variants[pick % variants.length] ?? {}
  if (chosen.const !== undefined) return chosen.const
  if (chosen.enum !== undefined) return name === 'signing' ? 'hmac' : chosen.enum[pick % chosen.enum.length]
  switch (chosen.type) {
    case 'object':
      return objectOf(chosen, components, pick)
    case 'array':
      return chosen.items === undefined ? [] : [sampleOf(chosen.items, components, name, pick)]
    case 'integer':
    case 'number':
      return Math.min(Math.max(chosen.minimum ?? 1, 1), chosen.maximum ?? 1)
    case 'boolean':
      return pick % 2 === 0
    default: {
      if (name === 'publicKey') return publicKey
      const known = texts[name]
      if (known !== undefined) return known[pick % known.length]
      // Decimals small enough for whatever they are of.
      return chosen.example === undefined || chosen.example === '12.345' ? '0.01' : chosen.example
    }
  }
}

function objectOf({ properties = {}, required = [] }: Schema, components: Components, pick: number): Record<string, unknown> {
  const names = Object.keys(properties).filter((name, place) => required.includes(name) || (pick >> (place % 6)) % 4 === 0)
  return Object.fromEntries(names.map((name, place) => [name, sampleOf(properties[name] ?? {}, components, name, pick + place)]))
}

/** Every field under a schema with what is said of it, arrays by their first element. */
export function fieldsOf(
  schema: Schema,
  components: Components,
  path: FieldPath = [],
): { readonly path: FieldPath; readonly schema: Schema }[] {
  return variantsOf(schema, components).flatMap((variant) => {
    const own = path.length === 0 ? [] : [{ path, schema: variant }]
    if (variant.items !== undefined) return [...own, ...fieldsOf(variant.items, components, [...path, 0])]
    const nested = Object.entries(variant.properties ?? {}).flatMap(([name, part]) => fieldsOf(part, components, [...path, name]))
    return [...own, ...nested]
  })
}
