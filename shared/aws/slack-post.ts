/** A message → Slack, by bot token or by incoming webhook, and its answer in one shape. Refuses to know what answers mean. */

import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import type { SlackPost } from '../channel/slack.ts'
import type { SlackAnswer } from '../channel/slack-answer.ts'
import type { SlackSecret } from '../channel/slack-secret.ts'
import type { SlackMessage } from '../render/slack.ts'

type Token = Extract<SlackSecret, { readonly kind: 'token' }>

/** @param requestMs milliseconds until the whole answer must be there */
export function slackPostOf(requestMs: number): SlackPost {
  return async (secret, message) => {
    switch (secret.kind) {
      case 'token':
        return postByToken(secret, message, requestMs)
      case 'webhook':
        return postByWebhook(secret.url, message, requestMs)
      default:
        return secret satisfies never
    }
  }
}

/** Where there is no layout, the text is all there is: with its blocks left out it must not be read as markup either. */
function contentOf({ text, blocks }: SlackMessage) {
  const quiet = { unfurl_links: false, unfurl_media: false }
  return blocks.length > 0 ? { text, blocks: [...blocks], ...quiet } : { text, mrkdwn: false, ...quiet }
}

async function postByToken(secret: Token, message: SlackMessage, requestMs: number): Promise<SlackAnswer> {
  try {
    await clientOf(secret, requestMs).chat.postMessage({ channel: secret.channel, ...contentOf(message) })
    return { kind: 'ok' }
  } catch (error) {
    return answerOf(error)
  }
}

// The queue tries again, and the log is ours: Slack's own words on a message may quote it.
function clientOf({ token, api }: Token, timeout: number): WebClient {
  const options: WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: SILENT,
  }
  return new WebClient(token, api === null ? options : { ...options, slackApiUrl: api })
}

const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

function answerOf(error: unknown): SlackAnswer {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', seconds: error.retryAfter }
  if (error instanceof WebAPIPlatformError) return { kind: 'error', code: error.data.error }
  if (error instanceof WebAPIHTTPError)
    return { kind: 'no-answer', why: `Slack answered with status ${error.statusCode}` }
  return { kind: 'no-answer', why: 'Slack did not answer' }
}

async function postByWebhook(url: string, message: SlackMessage, requestMs: number): Promise<SlackAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(contentOf(message)),
      // A hook that moved is not followed: whoever answers there was never given the alerts.
      redirect: 'error',
      signal: AbortSignal.timeout(requestMs),
    })
    return readWebhook(response, (await response.text()).trim())
  } catch {
    return { kind: 'no-answer', why: 'Slack did not answer' }
  }
}

function readWebhook({ status, headers }: Response, body: string): SlackAnswer {
  if (status === 200 && body === 'ok') return { kind: 'ok' }
  if (status === 429) return { kind: 'limited', seconds: secondsIn(headers.get('retry-after')) }
  if (status >= 400 && status < 500) return { kind: 'error', code: body }
  return { kind: 'no-answer', why: `Slack answered with status ${status}` }
}

function secondsIn(header: string | null): number | null {
  const seconds = Number.parseInt(header ?? '', 10)
  return Number.isNaN(seconds) || seconds < 0 ? null : seconds
}
