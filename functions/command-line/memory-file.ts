/** `--memory <file>` → the memory. What the system says of the file is said with what to do; what memory is, is not known here. */

import { type LocalMemory, openMemory } from '../../shared/local/memory.ts'

/**
 * @param file undefined: the memory ends with the process
 * @throws where the file cannot be used
 */
export function memoryAt(file: string | undefined): LocalMemory {
  try {
    return openMemory(file ?? null)
  } catch (error) {
    const advice = adviceFor(error)
    if (advice === null) throw error
    throw new Error(`--memory ${file} cannot be used: ${advice}`, { cause: error })
  }
}

function adviceFor(error: unknown): string | null {
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
      return 'it may not be read and written. Name a file that may'
    default:
      return null
  }
}
