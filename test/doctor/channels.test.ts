import { describe } from 'vitest'
import { SLACK_SECRET } from '../functions/built.ts'
import { type Illness, mailOf, testEach, writeSecret } from './illness.ts'
import { TOKEN } from './slack-web-api.ts'

const ILLNESSES: readonly Illness[] = [
  [
    'the secret is gone',
    ({ aws }) => aws.secrets.texts.clear(),
    'slack-secret',
    'failed',
    /no secret arn:aws:secretsmanager/,
    /SlackSecretArn/,
  ],
  [
    'the secret is no JSON',
    ({ aws }) => aws.secrets.texts.set(SLACK_SECRET, TOKEN),
    'slack-secret',
    'failed',
    /is not a JSON object/,
    /put-secret-value .*--secret-string file:\/\/slack.json/,
  ],
  [
    'the secret has no channel',
    (it) => writeSecret(it, { token: TOKEN }),
    'slack-secret',
    'failed',
    /channel/,
    /put-secret-value/,
  ],
  [
    'the token is revoked',
    ({ slack }) => slack.replies.set('auth.test', { ok: false, error: 'token_revoked' }),
    'slack',
    'failed',
    /refuses the token: token_revoked/,
    /Reinstall the Slack app/,
  ],
  [
    'the channel is not there',
    ({ slack }) => slack.replies.set('conversations.info', { ok: false, error: 'channel_not_found' }),
    'slack',
    'failed',
    /cannot be found: channel_not_found/,
    /id of a channel/,
  ],
  [
    'the channel is archived',
    ({ slack }) => slack.replies.set('conversations.info', { ok: true, channel: { name: 'old', is_archived: true } }),
    'slack',
    'failed',
    /channel old is archived/,
    /Unarchive/,
  ],
  [
    'the app is not in the channel',
    ({ slack }) =>
      slack.replies.set('conversations.info', { ok: true, channel: { name: 'iam-alerts', is_member: false } }),
    'slack',
    'warned',
    /not a member of iam-alerts/,
    /\/invite/,
  ],
  [
    'Slack is not Slack',
    (it) => writeSecret(it, { token: TOKEN, channel: 'C0123456789', api: 'http://127.0.0.1:1/' }),
    'slack',
    'failed',
    /could not be learnt: Slack auth.test got no answer/,
    /run doctor again/i,
  ],

  [
    'nobody hears the alerts',
    ({ aws }) => aws.sns.subscriptions.splice(0),
    'subscriptions:AlertsTopic',
    'failed',
    /nobody is subscribed/,
    /sns subscribe/,
  ],
  [
    'the only address has unsubscribed',
    (it) => {
      mailOf(it, 'security@example.com').arn = 'Deleted'
    },
    'subscriptions:MailTopic',
    'failed',
    /nobody is subscribed/,
    /sns subscribe/,
  ],
  [
    'nobody hears the alarms',
    ({ aws }) => aws.sns.subscriptions.splice(0),
    'subscriptions:OperationsTopic',
    'failed',
    /nobody is subscribed/,
    /sns subscribe/,
  ],
  [
    'the e-mail is not confirmed',
    (it) => (mailOf(it, 'security@example.com').arn = 'PendingConfirmation'),
    'subscriptions:MailTopic',
    'failed',
    /security@example.com has not confirmed/,
    /confirm-subscription .*--authenticate-on-unsubscribe true --token '<token>'/,
  ],
  [
    'the e-mail was confirmed by its link',
    (it) => (mailOf(it, 'ops@example.com').authenticated = false),
    'unsubscribe:OperationsTopic',
    'warned',
    /ops@example.com was confirmed by the link/,
    /sns unsubscribe .*OperationsEmailSubscription\n.*sns subscribe .*\n.*--authenticate-on-unsubscribe true/,
  ],
]

describe('what keeps alerts from people is named', () => testEach(ILLNESSES))
