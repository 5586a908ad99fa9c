/** Whether a setting must be given, has a value of its own when it is not, or may simply be missing. */
interface Common<Value> {
  readonly need: 'mandatory' | 'default' | 'optional'
  /** With `need: 'default'`. */
  readonly fallback?: Value
  readonly note: string
}

/** One setting of a kind of fault. The validation, the scenario reader and the page of faults are all made from it. */
export type Setting =
  | (Common<number> & { readonly type: 'whole'; readonly minimum: number; readonly maximum: number })
  /** From 0 to 1. */
  | (Common<number> & { readonly type: 'share' })
  /** Epoch ms UTC of the venue's clock. */
  | (Common<number> & { readonly type: 'instant' })
  | (Common<boolean> & { readonly type: 'flag' })
  | (Common<string> & { readonly type: 'choice'; readonly choices: readonly string[] })
  | (Common<string> & { readonly type: 'text' })
  /** Names of fields. */
  | (Common<readonly string[]> & { readonly type: 'texts' })
  /** IP addresses. */
  | (Common<readonly string[]> & { readonly type: 'addresses' })

export type Settings = Readonly<Record<string, Setting>>

export type ValueOfSetting<Stated> = Stated extends { readonly type: 'whole' | 'share' | 'instant' }
  ? number
  : Stated extends { readonly type: 'flag' }
    ? boolean
    : Stated extends { readonly choices: readonly (infer Word)[] }
      ? Word
      : Stated extends { readonly type: 'text' }
        ? string
        : readonly string[]

type Named<Stated, Need> = { [Name in keyof Stated]: Stated[Name] extends { readonly need: Need } ? Name : never }[keyof Stated]

/** The settings as somebody gives them. */
export type GivenSettings<Stated> = { readonly [Name in Named<Stated, 'mandatory'>]: ValueOfSetting<Stated[Name]> } & {
  readonly [Name in Named<Stated, 'default' | 'optional'>]?: ValueOfSetting<Stated[Name]> | undefined
}

/** The settings once their defaults are filled in. */
export type FilledSettings<Stated> = { readonly [Name in Named<Stated, 'mandatory' | 'default'>]: ValueOfSetting<Stated[Name]> } & {
  readonly [Name in Named<Stated, 'optional'>]?: ValueOfSetting<Stated[Name]>
}

/** What a setting may be, in words. */
export function expectationOf(setting: Setting): string {
  switch (setting.type) {
    case 'whole':
      return `a whole number from ${setting.minimum} to ${setting.maximum}`
    case 'share':
      return 'a number from 0 to 1'
    case 'instant':
      return 'an instant'
    case 'flag':
      return 'true or false'
    case 'choice':
      return `one of: ${setting.choices.join(', ')}`
    case 'text':
      return 'text of 1 to 200 characters'
    case 'texts':
      return 'a list of texts'
    case 'addresses':
      return 'a list of IP addresses'
  }
}
