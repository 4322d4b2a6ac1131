/** What a person handed over cannot be read at all. The command ends with exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
