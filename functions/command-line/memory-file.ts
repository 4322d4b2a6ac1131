/** `--memory <file>` → the memory. What the system says of the file is said with what to do; what memory is, is not known here. */

import { type LocalMemory, openMemory } from '../../shared/local/memory.ts'
import { fileAdvice } from './file-advice.ts'

/**
 * @param file undefined: the memory ends with the process
 * @throws where the file cannot be used
 */
export function memoryAt(file: string | undefined): LocalMemory {
  try {
    return openMemory(file ?? null)
  } catch (error) {
    const advice = fileAdvice(error, 'read and written')
    if (advice === null) throw error
    throw new Error(`--memory ${file} cannot be used: ${advice}`, { cause: error })
  }
}
