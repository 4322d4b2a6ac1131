/** E-mail as a channel. Knows no SNS. */

import { type Mail, mailDigest, mailMessage } from '../render/mail.ts'
import type { Channel, Outcome, Telling } from './channel.ts'

/** Never throws. */
export type PublishMail = (mail: Mail) => Promise<Outcome>

export function mailChannel(publish: PublishMail): Channel {
  return { name: 'mail', send: (telling) => publish(mailOf(telling)) }
}

export function mailOf(telling: Telling): Mail {
  switch (telling.kind) {
    case 'alert':
      return mailMessage(telling.alert)
    case 'digest':
      return mailDigest(telling.alerts)
    default:
      return telling satisfies never
  }
}
