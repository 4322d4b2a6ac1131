/** Sets of texts that a condition key can be limited to: to ask of one text, and as patterns to look for others. Knows no conditions. */

import { ANY, type Glob, glob, literal, matchesPattern, NAME_ANY, NAME_STAR, STAR } from './glob.ts'

/** `globs` null: there are no patterns for it. They are made when asked for: mostly a readable text is in the set. */
export interface TextSet {
  readonly has: (text: string) => boolean
  readonly globs: (() => readonly Glob[]) | null
}

export function matching(pattern: string): TextSet {
  return { has: (text) => matchesPattern(pattern, text), globs: () => [glob(pattern)] }
}

const SLASH = 47

/** ARNs of roles or users: behind the prefix a path, where there is one (never empty, IAM API reference, CreateUser), and a name. */
export function namesUnder(prefix: string): TextSet {
  return {
    has: (text) => text.startsWith(prefix) && /^(?:[!-~]+\/)?[\w+=,.@-]+$/.test(text.slice(prefix.length)),
    globs: () => {
      const [begin, name] = [literal(prefix), [NAME_ANY, NAME_STAR]]
      return [
        [...begin, ...name],
        [...begin, ANY, STAR, SLASH, ...name],
      ]
    },
  }
}
