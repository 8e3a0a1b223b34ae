// The type of plugins of the Vite that VitePress brings, which is not the one
// that the tests bring.

import type { UserConfig } from 'vitepress'

type Options = NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number]

export type Plugin = Extract<Options, { name: string }>
