import type { SourceFile } from './scan.js'

/** What a view may not hold: it would pass unescaped text on, or need a looser Content-Security-Policy. */
const RULES: readonly [what: RegExp, why: string][] = [
  [/<%-(?!\s*include\()/, 'writes unescaped: <%- is for include alone'],
  [/<[a-z][^>]*\sstyle\s*=/i, 'styles inline: the policy blocks it'],
  [/<style\b/i, 'styles inline: the policy blocks it'],
  [/<script\b(?![^>]*\ssrc=)(?![^>]*type="application\/(ld\+)?json")/i, 'scripts inline: the policy blocks it'],
  [/<script\b[^>]*>\s*[^\s<]/i, 'has text inside a script element'],
  [/<[a-z][^>]*\son[a-z]+\s*=/i, 'handles an event inline: the policy blocks it'],
  [/(href|src|action)\s*=\s*["']?\s*javascript:/i, 'has a javascript: address'],
  [
    /(src|href)\s*=\s*["']\s*(https?:)?\/\/(?!<%)[^"']*\.(js|css|woff2?|png|svg|jpg)\b/i,
    'loads something from elsewhere',
  ],
  [/\b(TODO|FIXME|XXX)\b/, 'has a left-over'],
  [/\bnew Date\b|\bDate\.now\b|\bDateTime\b/, "does date arithmetic: the page's shape brings finished text"],
]

const withoutTags = (text: string): string => text.replace(/<%(?!-)[\s\S]*?%>/g, (tag) => tag.replace(/[<>"'=]/g, ' '))

/** Mail programs know no style sheet of ours, and our policy does not reach them. */
const mayStyleInline = (path: string): boolean => path.startsWith('views/notices/mail/')

/** Breaches in EJS files. HTML rules are looked for outside of `<% %>`, whose `>` would end a tag too early. */
export const viewFaults = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    RULES.filter(([, why]) => !(mayStyleInline(path) && why.startsWith('styles inline')))
      .filter(([what]) => what.test(what.source.startsWith('<%') ? text : withoutTags(text)))
      .map(([, why]) => `${path} ${why}`),
  )

/** Views say where the shape of what they are given stands: `shape: HomePage (src/home/home.pages.ts)`. Each must be there. */
export const shapeFaults = (views: readonly SourceFile[], code: readonly SourceFile[]): string[] =>
  views.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(\w+) \((src\/[\w/.-]+)\)/g)]
      .filter(([, name, file]) => !code.find((one) => one.path === file)?.text.match(`interface ${name}\\b`))
      .map(([said]) => `${path} says ${said}, which is not there`),
  )
