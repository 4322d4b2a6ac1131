// Writes docs/rules.md and the README's table from the rules themselves, and what the README (an alert in Slack's look and as e-mail) and
// docs/first-ten-minutes.md show from goldens.
// `node scripts/docs.mjs [--check] [folder]`: with --check nothing is written, and a stale file ends it with code 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { alternative, picture } from './picture.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const GOLDENS = join(root, 'test', 'golden')

/** The rules with what is written about them. They are TypeScript, so they are bundled in memory first. */
async function loadRules() {
  const { rules } = await load("export { rules } from './shared/rules/index.ts'")
  const lines = rules.map(({ id }) => `export * as ${nameOf(id)} from './shared/rules/${id}.ts'`)
  const files = await load(lines.join('\n'))
  return rules.map((rule) => ({ ...rule, ...files[nameOf(rule.id)] }))
}

async function catalogued() {
  return load("export * from './shared/catalogue.ts'")
}

async function load(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'warning',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

function nameOf(id) {
  return id.replaceAll('-', '_')
}

function rulesPage(rules, { saidElsewhere, notCovered }) {
  const elsewhere = [
    ...entries(
      'Said elsewhere',
      'What others look for by name, and is told here by something else than a rule of its own.',
      saidElsewhere,
    ),
    ...entries('Not covered', 'What is not told, and why.', notCovered),
  ]
  const opening = [
    '# What Trustdrift notices',
    '',
    'Generated from `shared/rules` by `npm run docs`; every example here is run by the tests. How bad a finding is follows from who',
    'gets in, not from which rule says so. Where a fix is shown, it silences the rule, IAM takes it, somebody still gets in, and nobody new does.',
    '',
    ...rules.map(({ id, title }) => `- [\`${id}\`](#${id}): ${title}`),
    '- [Said elsewhere](#said-elsewhere)',
    '- [Not covered](#not-covered)',
  ]
  return `${[...opening, ...rules.flatMap(ruleSection), ...elsewhere].join('\n')}\n`
}

function entries(title, opening, list) {
  return [
    '',
    `## ${title}`,
    '',
    opening,
    '',
    ...list.map(({ code, what, by, why }) => `- ${code}, ${what}: ${by ?? why}.`),
  ]
}

function ruleSection(rule) {
  const fires = rule.examples.filter((example) => 'fires' in example)
  const silent = rule.examples.filter((example) => 'silent' in example)
  return [
    '',
    `## ${rule.id}`,
    '',
    `**${rule.title}** (${rule.code})`,
    '',
    rule.reason,
    '',
    `_When not to use it._ ${rule.whenNotToUse}`,
    '',
    `_Reference._ <${rule.reference}>`,
    '',
    '### Speaks',
    ...fires.flatMap((example) => [
      '',
      `#### ${example.name}: ${example.fires}`,
      ...circumstances(example),
      ...block(example.policy),
      ...(example.fixed === null ? [] : ['', 'Fix:', ...block(example.fixed)]),
    ]),
    '',
    '### Stays silent',
    ...silent.flatMap((example) => [
      '',
      `#### ${example.name}`,
      '',
      `Silent: ${example.because}.`,
      ...circumstances(example),
      ...block(example.policy),
    ]),
  ]
}

function circumstances({ about, change }) {
  const known = about === undefined ? 'Nothing is known about the role.' : `Known: \`${JSON.stringify(about)}\``
  if (change === undefined) return ['', known]
  if (change.before === null) return ['', known, '', `Created by ${writer(change)}.`]
  return ['', known, '', `Changed by ${writer(change)}, from:`, ...block(change.before), '', 'to:']
}

function writer({ actor, console }) {
  if (console === undefined) return `\`${actor}\``
  return `\`${actor}\`, signed in to the console ${console.mfa ? 'with' : 'without'} MFA`
}

function block(value) {
  return ['', '```json', compact(value, 0), '```']
}

/** JSON that breaks only where a line would grow too long, as the formatter wants it. */
function compact(value, depth, key = '') {
  const line = `${key}${spaced(value)}`
  // One column is left for the comma.
  if (typeof value !== 'object' || value === null || line.length + depth * 2 < 120) return line
  const inner = '  '.repeat(depth + 1)
  const parts = Array.isArray(value)
    ? value.map((item) => inner + compact(item, depth + 1))
    : Object.entries(value).map(([name, item]) => inner + compact(item, depth + 1, `${JSON.stringify(name)}: `))
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${key}${open}\n${parts.join(',\n')}\n${'  '.repeat(depth)}${close}`
}

function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

/** Padded as the formatter wants it. */
function rulesTable(rules) {
  const rows = [['rule', 'what it notices', 'how bad'], ...rules.map(tableRow)]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function tableRow({ id, title, examples }) {
  const seen = new Set(examples.map((example) => example.fires))
  const severities = ['critical', 'high', 'medium', 'low', 'info'].filter((severity) => seen.has(severity))
  return [`[\`${id}\`](docs/rules.md#${id})`, title, severities.join(', ')]
}

/** The text with `content` between the markers of that name; unchanged where there are none. */
function filled(text, name, content) {
  const begin = `<!-- ${name}:begin -->`
  const from = text.indexOf(begin)
  const to = text.indexOf(`<!-- ${name}:end -->`)
  if (from === -1 || to < from) return text
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`
}

/** The message in the two colours a reader may have, and its words for whoever sees neither. @param folder of the pictures, from the page */
function alertPicture(posted, folder) {
  const alt = alternative(posted).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${folder}alert-dark.svg">`,
    `  <img src="${folder}alert-light.svg" width="760" alt="${alt}">`,
    '</picture>',
  ].join('\n')
}

/** Each from a golden, which a test has seen come out. */
function firstTenMinutes(text) {
  // What is wrong comes last.
  const ill = golden('doctor/ill.txt')
  const parts = {
    doctor: fenced(golden('doctor/healthy.txt')),
    ill: fenced(ill.slice(ill.indexOf('\nFAIL') + 1)),
    alert: alertPicture(JSON.parse(golden('readme/slack.json')), ''),
  }
  return Object.entries(parts).reduce((page, [name, part]) => filled(page, name, part), text)
}

/** One alert of the samples, as the terminal shows it. @param words of its headline */
function sampleAlert(words) {
  const alert = golden('events.txt')
    .split('\n\n')
    .find((block) => block.includes(words))
  if (alert === undefined) throw new Error(`no sample's alert says ${words}`)
  return alert
}

function golden(name) {
  return readFileSync(join(GOLDENS, name), 'utf8')
}

function fenced(text) {
  return ['```text', text.trimEnd(), '```'].join('\n')
}

const check = process.argv.includes('--check')
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? root
const readme = join(folder, 'README.md')
const rules = await loadRules()
const files = new Map([[join(folder, 'docs', 'rules.md'), rulesPage(rules, await catalogued())]])
if (existsSync(readme)) {
  const posted = JSON.parse(golden('readme/slack.json'))
  const table = filled(readFileSync(readme, 'utf8'), 'rules', rulesTable(rules))
  const withPicture = filled(table, 'alert', alertPicture(posted, 'docs/'))
  const withMail = filled(withPicture, 'mail', fenced(golden('readme/mail.txt')))
  files.set(readme, filled(withMail, 'app-runner', fenced(sampleAlert('Deployment of App Runner service my-app'))))
  const page = await load(
    "export { postedMessage } from './shared/render/html-slack.ts'; export { STYLE } from './shared/render/html-style.ts'",
  )
  for (const scheme of ['light', 'dark'])
    files.set(join(folder, 'docs', `alert-${scheme}.svg`), picture(posted, scheme, page))
}

const minutes = join(folder, 'docs', 'first-ten-minutes.md')
if (existsSync(minutes)) files.set(minutes, firstTenMinutes(readFileSync(minutes, 'utf8')))

for (const [path, text] of files) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  if (check) {
    console.error(`${path} is stale: run npm run docs`)
    process.exitCode = 1
    continue
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
