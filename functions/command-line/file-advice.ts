/** What to do about a file that the system refuses. Knows no option and no content. */

/** Null: the system's own words are all there is. @param use what the file is needed for, like `read and written` */
export function fileAdvice(error: unknown, use: string): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist. Create the folder, or name a file elsewhere'
    case 'EISDIR':
      return 'it is a folder. Name a file, which need not exist yet'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `it may not be ${use}. Name a file that may`
    default:
      return null
  }
}
