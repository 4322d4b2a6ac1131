/** Numbers, dates, base64 and addresses for the second opinion, read the obvious way. Knows nothing of conditions. */

/** NaN for what is no number. */
export function numberOf(text: string): number {
  return /^-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$/i.test(text) ? Number.parseFloat(text) : Number.NaN
}

/** Milliseconds; W3C NOTE-datetime, or seconds since 1970. NaN for what is no date. */
export function dateOf(text: string): number {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d[^ ]*)?)?)?$/.test(text)) return Number.NaN
  // JavaScript's calendar takes the 30th of February for the 2nd of March.
  const day = /^\d{4}-\d\d-(\d\d)/.exec(text)?.[1]
  if (day !== undefined && new Date(Date.parse(text.slice(0, 10))).getUTCDate() !== Number(day)) return Number.NaN
  // Without a zone it is UTC.
  return Date.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text)
}

export function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text
}

/** Bits, as text. Null: no address. */
export function bits(address: string): string | null {
  if (address.includes(':')) return bitsOf6(address)
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
}

function bitsOf6(address: string): string | null {
  const [head = '', tail] = address.split('::')
  const groups = (side: string) => (side === '' ? [] : side.split(':'))
  const missing = 8 - groups(head).length - groups(tail ?? '').length
  const zeros = Array.from({ length: Math.max(missing, 0) }, () => '0')
  const all = tail === undefined ? groups(head) : [...groups(head), ...zeros, ...groups(tail)]
  if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}

/** Null: the range is none. */
export function isInRange(wanted: string, value: string): boolean | null {
  const [base = '', prefix] = wanted.split('/')
  const [range, address] = [bits(base), bits(value)]
  if (range === null || (prefix !== undefined && (!/^\d+$/.test(prefix) || Number(prefix) > range.length))) return null
  if (address === null || address.length !== range.length) return false
  const length = prefix === undefined ? range.length : Number(prefix)
  return address.slice(0, length) === range.slice(0, length)
}
