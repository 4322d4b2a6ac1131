/** How long a policy is as IAM counts it: "IAM does not count white space" (IAM User Guide, reference_iam-quotas). */

/** Where the text goes over; null where it does not. White space inside quotes is not counted either: the guide makes no difference. */
export function overQuota(text: string, quota: number): number | null {
  if (text.length <= quota) return null
  let counted = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 32 || code === 9 || code === 10 || code === 13) continue
    if (++counted > quota) return i
  }
  return null
}
