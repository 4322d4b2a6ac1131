/** Patterns filled in as AWS and identity providers write such values: subjects of tokens, user ids, paths, networks. */

import { matchesPattern } from './glob.ts'

/** Texts as AWS makes them that fill a pattern of this key; of no other keys anything is known. */
export function usual(name: string, pattern: string): readonly string[] {
  switch (name) {
    case 'aws:userid':
      return userIds(pattern)
    case 'aws:principalorgpaths':
    case 'aws:sourceorgpaths':
      return organizationPaths(pattern)
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
      return networks(pattern)
    default:
      return name.startsWith('token.actions.') && name.endsWith(':sub') ? likeOf(GITHUB_USUAL, pattern) : []
  }
}

const ROLE_ID = 'AROAEXAMPLEEXAMPLE123'
const USER_ID = 'AIDAEXAMPLEEXAMPLE123'
const FILLER = 'EXAMPLEEXAMPLE123'

/** 21 characters; of a session its name behind a colon. */
function userIds(pattern: string): readonly string[] {
  const [id = '', ...rest] = pattern.replaceAll('?', 'X').split(':')
  const session = rest.join(':').replace(/^\*$/, SESSION).replaceAll('*', 'example')
  return idsLike(id).flatMap((one) => {
    if (one.startsWith('AIDA')) return rest.length === 0 ? [one] : []
    return rest.length > 0 ? [`${one}:${session}`] : id.endsWith('*') ? [`${one}:${SESSION}`] : []
  })
}

const SESSION = 'example-session'

function idsLike(pattern: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern]
  const [, begin = ''] = /^(A(?:RO|ID)A[^*]*)\*$/.exec(pattern) ?? []
  const begun = begin === '' ? [] : [begin + FILLER.slice(0, Math.max(0, ROLE_ID.length - begin.length))]
  return [...likeOf([ROLE_ID, USER_ID], pattern), ...begun]
}

/** `organization/root/unit/…/`: they end in a slash. */
function organizationPaths(pattern: string): readonly string[] {
  const parts = pattern.replaceAll('?', '0').split('/')
  const last = parts.pop() ?? ''
  if (parts.length === 0) return []
  const begin = parts.map(pathPart).join('/')
  if (last === '') return [`${begin}/`]
  if (last !== '*') return [`${begin}/${pathPart(last, parts.length)}/`]
  return parts.length === 1
    ? [`${begin}/r-0000/ou-0000-00000000/`, `${begin}/r-0000/`]
    : [`${begin}/`, `${begin}/ou-0000-00000000/`]
}

function pathPart(part: string, place: number): string {
  if (part === '*') return ['o-exampleorgid', 'r-0000'][place] ?? 'ou-0000-00000000'
  return part
    .replace(/^ou-\*$/, 'ou-0000-00000000')
    .replace(/^(ou-[^*-]+-)\*$/, '$100000000')
    .replaceAll('*', '0000')
}

/** Eight digits of old, seventeen since 2018. */
function networks(pattern: string): readonly string[] {
  const begin = /^(vpce?-[\da-f?]*)\*$/.exec(pattern)?.[1]?.replaceAll('?', '0')
  if (begin === undefined) return []
  return [begin + '1a2b3c4d5e6f7a8b9'.slice(begin.replace(/^vpce?-/, '').length)]
}

function likeOf(texts: readonly string[], pattern: string): readonly string[] {
  return texts.filter((text) => matchesPattern(pattern, text))
}

/** What stands behind the project in a subject. */
const GITHUB_RESTS = [
  'ref:refs/heads/main',
  'ref:refs/heads/example',
  'ref:refs/tags/v1',
  'pull_request',
  'environment:example',
] as const
const GITLAB_RESTS = ['ref_type:branch:ref:main', 'ref_type:branch:ref:example', 'ref_type:tag:ref:v1'] as const
const GITHUB_USUAL = GITHUB_RESTS.map((rest) => `repo:example-org/example:${rest}`)

/** Subjects of tokens that fill a pattern, where its shape shows whose they are. */
export function subjects(pattern: string): readonly string[] {
  const begun = begunSubjects(pattern)
  return begun.length > 0 ? begun : subjectsEnding(pattern.replace(/^\*+/, '*'))
}

/** Those whose pattern begins with what tells it. */
export function begunSubjects(pattern: string): readonly string[] {
  if (pattern.startsWith('repo:')) return inProject(pattern.slice(5), 'repo:', GITHUB_RESTS)
  if (pattern.startsWith('project_path:')) return inProject(pattern.slice(13), 'project_path:', GITLAB_RESTS)
  return pattern.startsWith('organization:') ? labelled(pattern) : []
}

/** A repository, or what stands behind one, in the middle of a pattern: it begins as all do. */
function subjectsEnding(pattern: string): readonly string[] {
  if (/^\*:(?:ref:|pull_request|environment:)/.test(pattern)) return inProject(pattern, 'repo:', GITHUB_RESTS)
  const [, name = '', rest = ''] = /^\*([\w.-]+\/[^*?:/]+)(\*|:.*)$/s.exec(pattern) ?? []
  return name === '' ? [] : inProject(`${name}${rest === '*' ? ':*' : rest}`, 'repo:', GITHUB_RESTS)
}

/** @param asked `owner/name:rest`, with stars anywhere; what stands before the first colon alone may stand for all of it */
function inProject(asked: string, begin: string, rests: readonly string[]): readonly string[] {
  const colon = asked.indexOf(':')
  const written = colon < 0 ? asked : asked.slice(0, colon)
  const isAnyones = written.includes('*') || written.includes('?')
  const anyones = isAnyones ? likeOf(whole(rests), asked) : []
  const project = projectLike(written)
  const rest = colon < 0 ? null : asked.slice(colon + 1)
  return [...anyones, ...behind(rest ?? (asked.endsWith('*') ? '*' : null), rests).map((one) => project + one)].map(
    (one) => begin + one,
  )
}

function whole(rests: readonly string[]): readonly string[] {
  return rests.map((rest) => `example-org/example:${rest}`)
}

/** @param rest null: nothing stands there */
function behind(rest: string | null, rests: readonly string[]): readonly string[] {
  if (rest === null) return ['']
  const plain = rest === '*' ? [] : [rest.replaceAll('?', 'x').replaceAll('*', 'example')]
  return [...likeOf(rests, rest), ...plain].map((one) => `:${one}`)
}

function projectLike(asked: string): string {
  const [owner = '', ...rest] = asked.replaceAll('?', 'x').split('/')
  const name = rest.join('/')
  if (rest.length === 0) return starsAs('example-org/example', owner)
  return `${starsAs('example-org', owner)}/${starsAs('example', name)}`
}

/** Set off from what stands before. */
function starsAs(word: string, text: string): string {
  return text
    .replace(/^\*/, word)
    .replace(/(?<=\/)\*/g, word)
    .replaceAll('*', `-${word}`)
}

const TERRAFORM = ['organization', 'project', 'workspace', 'run_phase'] as const
const BUILDKITE = ['organization', 'pipeline', 'ref', 'commit', 'step'] as const

const SAID: ReadonlyMap<string, string> = new Map([
  ['run_phase', 'apply'],
  ['ref', 'refs/heads/main'],
  ['commit', '0'],
])

/** A star is looked at with all that stands around it: nobody writes more. */
const MOST_STARS = 8

/** `organization:acme:project:…`: a star stands for all labels between those beside it. */
function labelled(pattern: string): readonly string[] {
  const labels = pattern.includes(':pipeline:') ? BUILDKITE : TERRAFORM
  const parts = pattern.replaceAll('?', 'x').split('*')
  if (parts.length > MOST_STARS) return []
  const filled = parts.reduce((before, part, i) => before + between(before, parts.slice(i).join('*'), labels) + part)
  return likeOf([filled, filled.replace(/:run_phase:apply$/, ':run_phase:plan')], pattern)
}

/** The value of the label before, where it is missing, and the labels up to the one behind. */
function between(before: string, after: string, labels: readonly string[]): string {
  const from = labels.findLastIndex((label) => `:${before}`.includes(`:${label}:`))
  const next = labels.findIndex((label, i) => i > from && `:${after}`.includes(`:${label}:`))
  const isLast = next < 0 && after === ''
  const told = [
    ...valueBehind(before, labels[from] ?? ''),
    ...labels.slice(from + 1, isLast ? labels.length : Math.max(next, from + 1)).map((one) => `${one}:${said(one)}`),
  ].join(':')
  return next >= 0 && told !== '' && !after.startsWith(':') ? `${told}:` : told
}

function valueBehind(before: string, label: string): readonly string[] {
  if (`:${before}`.endsWith(`:${label}:`)) return [said(label)]
  return before.endsWith(':') ? [] : ['example']
}

function said(label: string): string {
  return SAID.get(label) ?? 'example'
}
