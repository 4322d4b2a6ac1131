/** Dates as condition operators take them: W3C profiles of ISO 8601, or seconds since the epoch. Arithmetic only, no clock. */

const ISO = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/

/** Milliseconds since the epoch; null for what is no date. */
export function parseMoment(text: string): number | null {
  // Four digits are a year, anything longer is an epoch in seconds.
  if (/^\d{5,12}(?:\.\d+)?$/.test(text)) return Number(text) * 1000
  const match = ISO.exec(text)
  if (match === null) return null
  const part = (i: number, otherwise: number) => (match[i] === undefined ? otherwise : Number(match[i]))
  const [month, day, hour, minute, second] = [part(2, 1), part(3, 1), part(4, 0), part(5, 0), part(6, 0)]
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null
  const milliseconds = Number(`0.${match[7] ?? '0'}`) * 1000
  const days = daysSinceEpoch(part(1, 1970), month, day)
  // The 30th of February is no day.
  if (civil(days).month !== month) return null
  return days * 86_400_000 + (hour * 60 + minute - offsetMinutes(match[8])) * 60_000 + second * 1000 + milliseconds
}

/** `2026-11-21T12:00:00Z`. @param ms milliseconds since the epoch */
export function writeMoment(ms: number): string {
  const days = Math.floor(ms / 86_400_000)
  const rest = Math.floor((ms - days * 86_400_000) / 1000)
  const { year, month, day } = civil(days)
  const two = (n: number) => String(n).padStart(2, '0')
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}Z`
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
}

// Proleptic Gregorian day count with years beginning in March, so that the leap day comes last.
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp + (mp < 10 ? 3 : -9)
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 }
}
