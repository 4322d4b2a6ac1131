/** The package's public API: pure, no AWS. */

export type { Finding } from './finding.ts'
export type { Problem } from './policy/problem.ts'
