/** The command that writes a role's trust policy, for any POSIX shell. Whether it is wise is not known here. Pure. */

import { quoted } from './shell-word.ts'

/** @param document JSON text */
export function writeCommand(roleName: string, document: string): string {
  const policy = JSON.stringify(JSON.parse(document))
  // A name that begins with a hyphen would be read as an option, quoted or not.
  const name = roleName.startsWith('-') ? `--role-name=${quoted(roleName)}` : `--role-name ${quoted(roleName)}`
  return `aws iam update-assume-role-policy ${name} --policy-document ${quoted(policy)}`
}
