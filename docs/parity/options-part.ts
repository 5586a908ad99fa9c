import { cell, code, table } from '../../src/contracts/reference-markdown.ts'
import { defaultBehaviour, type EngineBehaviour } from '../../src/venue/engine/behaviour.ts'
import { acceptedValues } from '../../src/venue/engine/check-behaviour.ts'
import { engineOptions } from '../../src/venue/engine/engine-options.ts'
import { faceChoices, faceNumbers } from '../../src/venue/face-options.ts'
import type { OpenChoice } from '../../src/venue/open-question.ts'
import type { Part } from './part.ts'
import type { SourceFile } from './test-files.ts'

type Stated = OpenChoice<string> | { readonly open: string; readonly facts: readonly string[]; readonly does: string }

interface Option {
  readonly name: string
  readonly stated: Stated
  readonly fallback: unknown
  /** What it may be, where it is no list of words. */
  readonly accepted: string
}

/** Every named option where the documents are silent, and the tests that set it. */
export function optionsPart(files: readonly SourceFile[]): Part {
  const missing: string[] = []
  const rows = options().map(({ name, stated, fallback, accepted }) => {
    const setting = files.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text))
    const isFixed = 'choices' in stated && stated.choices.length === 1
    if (setting.length === 0 && !isFixed) missing.push(`no test sets the option ${name}`)
    for (const [value] of 'choices' in stated ? stated.choices.slice(1) : []) {
      if (!setting.some(({ text }) => text.includes(`'${value}'`))) missing.push(`no test that sets ${name} names ${value}`)
    }
    const does =
      'choices' in stated
        ? stated.choices.map(([value, what]) => `${code(value)}: ${cell(what)}`).join('<br>')
        : `${cell(accepted)}: ${cell(stated.does)}`
    const files_ = setting.map(({ path }) => code(path)).join('<br>')
    return [code(name), cell(stated.open), does, code(JSON.stringify(fallback)), cell(stated.facts.join(', ')), files_]
  })
  return {
    text: [
      '## Where the documents are silent',
      'Each is an option of `behaviour`; the default is what the facts take for likeliest.',
      table(['Option', 'What is open', 'Choices', 'Default', 'Facts', 'Tests'], rows),
    ],
    missing,
  }
}

function options(): readonly Option[] {
  return [
    ...Object.entries<OpenChoice<string>>(faceChoices).map(([name, stated]) => ({
      name,
      stated,
      fallback: stated.choices[0]?.[0],
      accepted: '',
    })),
    ...Object.entries(faceNumbers).map(([name, { open, facts, normal, least }]) => ({
      name,
      stated: { open, facts, does: 'as said' },
      fallback: normal,
      accepted: `a whole number from ${least}`,
    })),
    ...Object.entries<Stated>(engineOptions).map(([name, stated]) => ({
      name,
      stated,
      fallback: defaultBehaviour[name as keyof EngineBehaviour],
      accepted: acceptedValues(name as keyof EngineBehaviour).join(', '),
    })),
  ]
}
