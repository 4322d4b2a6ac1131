/** Calls, over and over, by the clock. */

/** Until the engine has compiled it. */
export function warmUp(act: () => unknown, times: number): void {
  for (let done = 0; done < times; done += 1) act()
}

/** Microseconds a call. */
export function perCall(act: () => unknown, times: number): number {
  const start = performance.now()
  for (let done = 0; done < times; done += 1) act()
  return ((performance.now() - start) * 1000) / times
}
