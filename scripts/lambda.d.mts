import type { BuildOptions } from 'esbuild'

export const lambdaOptions: BuildOptions
export function lambdaFunctions(): string[]
