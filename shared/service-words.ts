/** How people call a service and what happened to it. Plain text; what it quotes is escaped by the sink that shows it. Pure. */

import { MOST_COUNTED } from './episode.ts'
import type { ServiceKey, ServiceSignal } from './service-signal.ts'

/** As shared/headline.ts: a subject line and a phone's first line must hold it. */
const MOST_CHARACTERS = 240

export function clippedTo(text: string, most = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

/** `App Runner service my-app in us-east-2`. */
export function serviceWords({ name, region }: Pick<ServiceKey, 'name' | 'region'>): string {
  return `App Runner service ${name} in ${region}`
}

/** What failed, as the beginning of a sentence. */
export function failedWords(signal: ServiceSignal): string {
  const service = serviceWords(signal.service)
  switch (signal.kind) {
    case 'service-operation':
      return `${OPERATIONS[signal.operation] ?? signal.operation} of ${service} failed`
    case 'service-status':
      return STATUSES[signal.status]?.(service) ?? `${service} says ${signal.status}`
    case 'service-call-failed':
      return `${signal.call} for ${service} was refused`
    default:
      return signal satisfies never
  }
}

const STATUSES: Readonly<Record<string, (service: string) => string>> = {
  CREATE_FAILED: (service) => `Creation of ${service} failed`,
  DELETE_FAILED: (service) => `Deletion of ${service} failed`,
}

const OPERATIONS: Readonly<Record<string, string>> = {
  CreateService: 'Creation',
  UpdateService: 'Update',
  Deployment: 'Deployment',
  DeleteService: 'Deletion',
  PauseService: 'Pausing',
  ResumeService: 'Resumption',
}

/** `17`, or `more than 999`. */
export function countWords(number: number): string {
  return number >= MOST_COUNTED ? `more than ${MOST_COUNTED - 1}` : String(number)
}
